/** Background and ink of the launcher. */
export type Paint = readonly [background: string, ink: string]

const ourGreen = '#0f6b5c'
const inks = ['#ffffff', '#06110e'] as const
const darkInk = inks[1]
/** OKLab lightness from which a colour stands out on the dark theme's surface. */
const leastLightness = 0.7

/** The launcher's background and ink on light and on dark pages: the site's colour, readable on both. */
export function paintsOf(colour: string): { light: Paint; dark: Paint } {
  const known = /^#[\da-f]{6}$/i.test(colour) ? colour.toLowerCase() : ourGreen
  const light: Paint = [known, inkOn(known)]
  if (known === ourGreen) return { light, dark: ['#3fb39d', '#06231d'] }
  const lifted = lift(known)
  return { light, dark: [lifted, lifted === known ? light[1] : darkInk] }
}

/** The ink with the better contrast. */
export function inkOn(background: string): string {
  const [white, black] = inks
  return contrast(background, white) >= contrast(background, black) ? white : black
}

export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((first, second) => second - first) as [
    number,
    number,
  ]
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(colour: string): [number, number, number] {
  const part = (from: number) => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

// Mixed with white in linear light until it is light enough: the hue stays, nothing leaves the gamut.
function lift(colour: string): string {
  const parts = linear(colour)
  for (let share = 0; share <= 1; share += 0.02) {
    const mixed = parts.map((part) => part + (1 - part) * share) as [number, number, number]
    if (lightness(mixed) >= leastLightness) return share === 0 ? colour : hex(mixed)
  }
  return '#ffffff'
}

/** L of OKLab (Ottosson 2020). */
function lightness([red, green, blue]: [number, number, number]): number {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
}

function hex(parts: readonly number[]): string {
  const bytes = parts.map((part) =>
    Math.round(255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)),
  )
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
