const order = ['list', 'conversation', 'details'] as const

/** F6: the next part of the page that is shown; its own choice of what takes focus, else its first control. */
export function focusNextRegion(): void {
  const regions = order
    .map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"]`))
    .filter((region): region is HTMLElement => region !== null && region.offsetParent !== null)
  if (regions.length === 0) return
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(at + 1) % regions.length]
  if (next !== undefined) focusRegion(next)
}

export function focusRegionNamed(name: (typeof order)[number]): void {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`)
  if (region) focusRegion(region)
}

function focusRegion(region: HTMLElement): void {
  const chosen = region.querySelector<HTMLElement>('[data-region-focus]')
  const control = region.querySelector<HTMLElement>('button, a[href], textarea, input, summary')
  ;(chosen ?? control)?.focus()
}
