import { type Capacity, lengthBits } from './capacity.ts'
import { correctionFor } from './error-correction.ts'

/** Mode, length, bytes, terminator and padding, as the data codewords of a version. */
export function dataCodewords(bytes: Uint8Array, version: number, capacity: Capacity): Uint8Array {
  const size = capacity.blocks.reduce((sum, block) => sum + block, 0)
  const codewords = new Uint8Array(size)
  let bit = 0
  const put = (value: number, length: number): void => {
    for (let place = length - 1; place >= 0; place -= 1) {
      if ((value >> place) & 1) codewords[bit >> 3] = (codewords[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
      bit += 1
    }
  }
  put(0b0100, 4)
  put(bytes.length, lengthBits(version))
  for (const byte of bytes) put(byte, 8)
  bit = Math.min(bit + 4, size * 8)
  for (let at = Math.ceil(bit / 8), pad = 0; at < size; at += 1, pad += 1) {
    codewords[at] = pad % 2 === 0 ? 0xec : 0x11
  }
  return codewords
}

/** Blocks dealt out codeword by codeword: all data first, then all correction. */
export function interleaved(codewords: Uint8Array, capacity: Capacity): Uint8Array {
  let start = 0
  const data = capacity.blocks.map((size) => {
    const block = codewords.slice(start, start + size)
    start += size
    return block
  })
  const correction = data.map((block) => correctionFor(block, capacity.correctionPerBlock))
  return Uint8Array.from([...dealt(data), ...dealt(correction)])
}

function dealt(blocks: readonly Uint8Array[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length))
  const codewords: number[] = []
  for (let place = 0; place < longest; place += 1) {
    for (const block of blocks) {
      const codeword = block[place]
      if (codeword !== undefined) codewords.push(codeword)
    }
  }
  return codewords
}
