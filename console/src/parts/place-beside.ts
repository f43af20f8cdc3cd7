const gap = 4
const margin = 8

/** Under the opener, or above it where the window ends; never outside the window. */
export function placeBeside(floating: HTMLElement, opener: HTMLElement, align: 'start' | 'end'): void {
  const from = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = floating
  const wantedLeft = align === 'start' ? from.left : from.right - width
  const left = Math.max(margin, Math.min(wantedLeft, innerWidth - width - margin))
  const below = from.bottom + gap
  const fits = below + height + margin <= innerHeight
  const top = fits ? below : Math.max(margin, from.top - gap - height)
  floating.style.left = `${left}px`
  floating.style.top = `${top}px`
}
