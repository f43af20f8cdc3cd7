/** Reed–Solomon over GF(256) with the QR polynomial x⁸+x⁴+x³+x²+1. */
const powers = new Uint8Array(512)
const logarithms = new Uint8Array(256)
let power = 1
for (let exponent = 0; exponent < 255; exponent += 1) {
  powers[exponent] = power
  powers[exponent + 255] = power
  logarithms[power] = exponent
  power = power & 0x80 ? (power << 1) ^ 0x11d : power << 1
}

function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return powers[(logarithms[a] ?? 0) + (logarithms[b] ?? 0)] ?? 0
}

/** Coefficients after the leading 1, highest power first. */
function generator(degree: number): Uint8Array {
  let polynomial = Uint8Array.of(1)
  for (let root = 0; root < degree; root += 1) {
    const next = new Uint8Array(polynomial.length + 1)
    polynomial.forEach((coefficient, place) => {
      next[place] = (next[place] ?? 0) ^ coefficient
      next[place + 1] = (next[place + 1] ?? 0) ^ multiply(coefficient, powers[root] ?? 0)
    })
    polynomial = next
  }
  return polynomial.slice(1)
}

/** The error correction codewords of one block. */
export function correctionFor(block: Uint8Array, count: number): Uint8Array {
  const divisor = generator(count)
  const remainder = new Uint8Array(count)
  for (const codeword of block) {
    const factor = codeword ^ (remainder[0] ?? 0)
    remainder.copyWithin(0, 1)
    remainder[count - 1] = 0
    divisor.forEach((coefficient, place) => {
      remainder[place] = (remainder[place] ?? 0) ^ multiply(coefficient, factor)
    })
  }
  return remainder
}
