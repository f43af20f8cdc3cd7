import { type CorrectionLevel, findVersion } from './capacity.ts'
import { dataCodewords, interleaved } from './codewords.ts'
import { drawFormat, type Grid, isFixed, paint, patternsOf } from './grid.ts'
import { applyMask, maskCount, penaltyOf } from './mask.ts'

/** Rows of modules, true is dark; undefined when the text is longer than a version 10 code holds. */
export function qrCode(text: string): boolean[][] | undefined {
  const bytes = new TextEncoder().encode(text)
  return encode(bytes, 'M') ?? encode(bytes, 'L')
}

function encode(bytes: Uint8Array, level: CorrectionLevel): boolean[][] | undefined {
  const found = findVersion(bytes.length, level)
  if (found === undefined) return undefined
  const { version, capacity } = found
  const grid = patternsOf(version)
  lay(grid, interleaved(dataCodewords(bytes, version, capacity), capacity))
  let best = 0
  let lowest = Number.POSITIVE_INFINITY
  for (let mask = 0; mask < maskCount; mask += 1) {
    drawFormat(grid, level, mask)
    applyMask(grid, mask)
    const penalty = penaltyOf(grid)
    if (penalty < lowest) {
      lowest = penalty
      best = mask
    }
    applyMask(grid, mask)
  }
  drawFormat(grid, level, best)
  applyMask(grid, best)
  return grid.dark
}

/** Two columns at a time from the right, up and down in turn, past the upright timing line. */
function lay(grid: Grid, codewords: Uint8Array): void {
  let bit = 0
  let isUpward = true
  for (let right = grid.size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < grid.size; step += 1) {
      const row = isUpward ? grid.size - 1 - step : step
      for (const column of [right, right - 1]) {
        if (isFixed(grid, row, column)) continue
        const codeword = codewords[bit >> 3] ?? 0
        paint(grid, row, column, ((codeword >> (7 - (bit & 7))) & 1) === 1)
        bit += 1
      }
    }
    isUpward = !isUpward
  }
}

/** One SVG path for all dark modules, runs joined, in units of one module. */
export function qrPath(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x += 1
      runs.push(`M${start} ${y}h${x - start + 1}v1H${start}z`)
    }
  })
  return runs.join('')
}
