export type CorrectionLevel = 'L' | 'M'

/** How a version's codewords are cut into blocks; `blocks` lists the data codewords of each. */
export interface Capacity {
  correctionPerBlock: number
  blocks: readonly number[]
}

const blocks = (...groups: [count: number, size: number][]): number[] =>
  groups.flatMap(([count, size]) => Array<number>(count).fill(size))

const capacities: Record<CorrectionLevel, readonly Capacity[]> = {
  L: [
    { correctionPerBlock: 7, blocks: blocks([1, 19]) },
    { correctionPerBlock: 10, blocks: blocks([1, 34]) },
    { correctionPerBlock: 15, blocks: blocks([1, 55]) },
    { correctionPerBlock: 20, blocks: blocks([1, 80]) },
    { correctionPerBlock: 26, blocks: blocks([1, 108]) },
    { correctionPerBlock: 18, blocks: blocks([2, 68]) },
    { correctionPerBlock: 20, blocks: blocks([2, 78]) },
    { correctionPerBlock: 24, blocks: blocks([2, 97]) },
    { correctionPerBlock: 30, blocks: blocks([2, 116]) },
    { correctionPerBlock: 18, blocks: blocks([2, 68], [2, 69]) },
  ],
  M: [
    { correctionPerBlock: 10, blocks: blocks([1, 16]) },
    { correctionPerBlock: 16, blocks: blocks([1, 28]) },
    { correctionPerBlock: 26, blocks: blocks([1, 44]) },
    { correctionPerBlock: 18, blocks: blocks([2, 32]) },
    { correctionPerBlock: 24, blocks: blocks([2, 43]) },
    { correctionPerBlock: 16, blocks: blocks([4, 27]) },
    { correctionPerBlock: 18, blocks: blocks([4, 31]) },
    { correctionPerBlock: 22, blocks: blocks([2, 38], [2, 39]) },
    { correctionPerBlock: 22, blocks: blocks([3, 36], [2, 37]) },
    { correctionPerBlock: 26, blocks: blocks([4, 43], [1, 44]) },
  ],
}

/** Centres of the alignment patterns, by version. */
export const alignment: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
]

export function lengthBits(version: number): number {
  return version < 10 ? 8 : 16
}

function bytesIn(version: number, capacity: Capacity): number {
  const codewords = capacity.blocks.reduce((sum, size) => sum + size, 0)
  return Math.floor((codewords * 8 - 4 - lengthBits(version)) / 8)
}

/** The smallest version that holds so many bytes; nothing above version 10 is drawn. */
export function findVersion(
  byteCount: number,
  level: CorrectionLevel,
): { version: number; capacity: Capacity } | undefined {
  const at = capacities[level].findIndex((capacity, index) => byteCount <= bytesIn(index + 1, capacity))
  const capacity = capacities[level][at]
  return capacity === undefined ? undefined : { version: at + 1, capacity }
}
