export interface Sparkline {
  path: string
  last: { x: number; y: number }
  middle: number
}

/** Values from 0 to 100 as a line; null where there is nothing to draw. */
export function sparkline(
  values: readonly number[],
  { width, height, inset }: { width: number; height: number; inset: number },
): Sparkline | null {
  if (values.length === 0) return null
  const step = values.length === 1 ? 0 : (width - 2 * inset) / (values.length - 1)
  const firstX = values.length === 1 ? width - inset : inset
  const points = values.map((value, at) => ({
    x: rounded(firstX + at * step),
    y: rounded(height - inset - (value / 100) * (height - 2 * inset)),
  }))
  const last = points.at(-1)
  if (!last) return null
  return {
    path: `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`,
    last,
    middle: height / 2,
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
