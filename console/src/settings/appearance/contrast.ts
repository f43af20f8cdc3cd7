/** WCAG 2.2 relative luminance and contrast of two hex colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export const lightInk = '#ffffff'
export const darkInk = '#1c1b19'

/** The ink that reads better on a colour. */
export function inkOn(colour: string): string {
  return contrast(colour, lightInk) >= contrast(colour, darkInk) ? lightInk : darkInk
}

export function isHexColour(value: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(value)
}

/** `abc`, `#abc` and `AABBCC` become what is stored. */
export function asHexColour(typed: string): string {
  const digits = typed.trim().replace(/^#/, '')
  if (/^[0-9a-fA-F]{3}$/.test(digits))
    return `#${[...digits].map((digit) => digit + digit).join('')}`.toLowerCase()
  return /^[0-9a-fA-F]{6}$/.test(digits) ? `#${digits.toLowerCase()}` : typed
}

export interface ContrastVerdict {
  ink: string
  textRatio: string
  text: string
  isTextClear: boolean
  launcher: string
  isLauncherClear: boolean
}

/** Text on the colour needs 4.5, the launcher on a white page 3. */
export function judgeColour(colour: string): ContrastVerdict {
  const ink = inkOn(colour)
  const text = contrast(colour, ink)
  const launcher = contrast(colour, '#ffffff')
  const inkWord = ink === lightInk ? 'White' : 'Dark'
  return {
    ink,
    textRatio: ratio(text),
    text: `${inkWord} text on it reads at ${ratio(text)}${text >= 4.5 ? ', clear' : '; 4.5 is needed. Make it lighter or darker'}`,
    isTextClear: text >= 4.5,
    launcher: `The launcher on a white page stands out at ${ratio(launcher)}${launcher >= 3 ? ', clear' : '; 3 is needed. On white pages it is hard to see'}`,
    isLauncherClear: launcher >= 3,
  }
}

function ratio(value: number): string {
  // Rounded down: a figure just short of the limit must not look as if it met it.
  return `${(Math.floor(value * 10) / 10).toFixed(1)}\u00a0:\u00a01`
}
