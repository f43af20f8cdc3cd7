import { type Grid, isDark, isFixed, paint } from './grid.ts'

const masks: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
]

export const maskCount = masks.length

/** Turns over what the mask covers; a second time takes it back. */
export function applyMask(grid: Grid, mask: number): void {
  const covers = masks[mask]
  if (covers === undefined) return
  for (let row = 0; row < grid.size; row += 1) {
    for (let column = 0; column < grid.size; column += 1) {
      if (!isFixed(grid, row, column) && covers(row, column)) {
        paint(grid, row, column, !isDark(grid, row, column))
      }
    }
  }
}

/** How hard the picture is to scan: long runs, blocks, false finders, and an uneven share of dark. */
export function penaltyOf(grid: Grid): number {
  const { size } = grid
  let penalty = 0
  let darkCount = 0
  for (let line = 0; line < size; line += 1) {
    penalty += linePenalty(size, (place) => isDark(grid, line, place))
    penalty += linePenalty(size, (place) => isDark(grid, place, line))
    for (let place = 0; place < size; place += 1) if (isDark(grid, line, place)) darkCount += 1
  }
  for (let row = 0; row < size - 1; row += 1) {
    for (let column = 0; column < size - 1; column += 1) {
      const dark = isDark(grid, row, column)
      const isBlock =
        dark === isDark(grid, row, column + 1) &&
        dark === isDark(grid, row + 1, column) &&
        dark === isDark(grid, row + 1, column + 1)
      if (isBlock) penalty += 3
    }
  }
  const percent = (darkCount * 100) / (size * size)
  return penalty + Math.floor(Math.abs(percent - 50) / 5) * 10
}

const falseFinders = [0b10111010000, 0b00001011101]

function linePenalty(size: number, darkAt: (place: number) => boolean): number {
  let penalty = 0
  let run = 0
  let window = 0
  for (let place = 0; place < size; place += 1) {
    const dark = darkAt(place)
    run = place > 0 && dark === darkAt(place - 1) ? run + 1 : 1
    if (run === 5) penalty += 3
    else if (run > 5) penalty += 1
    window = ((window << 1) & 0x7ff) | (dark ? 1 : 0)
    if (place >= 10 && falseFinders.includes(window)) penalty += 40
  }
  return penalty
}
