import { alignment, type CorrectionLevel } from './capacity.ts'

/** Square of modules. `isFixed` marks what masking leaves alone. */
export interface Grid {
  size: number
  dark: boolean[][]
  isFixed: boolean[][]
}

function emptyGrid(size: number): Grid {
  const rows = () => Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  return { size, dark: rows(), isFixed: rows() }
}

export function isDark(grid: Grid, row: number, column: number): boolean {
  return grid.dark[row]?.[column] ?? false
}

export function isFixed(grid: Grid, row: number, column: number): boolean {
  return grid.isFixed[row]?.[column] ?? true
}

export function paint(grid: Grid, row: number, column: number, dark: boolean): void {
  const line = grid.dark[row]
  if (line !== undefined && column >= 0 && column < grid.size) line[column] = dark
}

function fix(grid: Grid, row: number, column: number, dark: boolean): void {
  paint(grid, row, column, dark)
  const line = grid.isFixed[row]
  if (line !== undefined && column >= 0 && column < grid.size) line[column] = true
}

/** Everything that does not depend on the text: finders, timing, alignment, version; format is reserved. */
export function patternsOf(version: number): Grid {
  const grid = emptyGrid(version * 4 + 17)
  for (let place = 0; place < grid.size; place += 1) {
    fix(grid, 6, place, place % 2 === 0)
    fix(grid, place, 6, place % 2 === 0)
  }
  drawFinder(grid, 3, 3)
  drawFinder(grid, 3, grid.size - 4)
  drawFinder(grid, grid.size - 4, 3)
  drawAlignment(grid, version)
  drawFormat(grid, 'M', 0)
  if (version >= 7) drawVersion(grid, version)
  return grid
}

function drawFinder(grid: Grid, row: number, column: number): void {
  for (let down = -4; down <= 4; down += 1) {
    for (let across = -4; across <= 4; across += 1) {
      const ring = Math.max(Math.abs(down), Math.abs(across))
      fix(grid, row + down, column + across, ring !== 2 && ring !== 4)
    }
  }
}

function drawAlignment(grid: Grid, version: number): void {
  const centres = alignment[version - 1] ?? []
  const last = centres[centres.length - 1]
  for (const row of centres) {
    for (const column of centres) {
      const isFinder =
        (row === 6 && column === 6) || (row === 6 && column === last) || (row === last && column === 6)
      if (isFinder) continue
      for (let down = -2; down <= 2; down += 1) {
        for (let across = -2; across <= 2; across += 1) {
          fix(grid, row + down, column + across, Math.max(Math.abs(down), Math.abs(across)) !== 1)
        }
      }
    }
  }
}

/** `value` followed by its BCH remainder. */
export function withRemainder(value: number, polynomial: number, degree: number): number {
  let remainder = value << degree
  for (let bit = 31; bit >= degree; bit -= 1) {
    if ((remainder >>> bit) & 1) remainder ^= polynomial << (bit - degree)
  }
  return (value << degree) | remainder
}

export function drawFormat(grid: Grid, level: CorrectionLevel, mask: number): void {
  const format = withRemainder(((level === 'L' ? 1 : 0) << 3) | mask, 0x537, 10) ^ 0x5412
  const bit = (place: number): boolean => ((format >> place) & 1) === 1
  const { size } = grid
  for (let place = 0; place < 15; place += 1) {
    const row = place < 6 ? place : place < 8 ? place + 1 : size - 15 + place
    fix(grid, row, 8, bit(place))
    const column = place < 8 ? size - 1 - place : place === 8 ? 7 : 14 - place
    fix(grid, 8, column, bit(place))
  }
  fix(grid, size - 8, 8, true)
}

function drawVersion(grid: Grid, version: number): void {
  const bits = withRemainder(version, 0x1f25, 12)
  for (let place = 0; place < 18; place += 1) {
    const dark = ((bits >> place) & 1) === 1
    const near = Math.floor(place / 3)
    const far = grid.size - 11 + (place % 3)
    fix(grid, near, far, dark)
    fix(grid, far, near, dark)
  }
}
