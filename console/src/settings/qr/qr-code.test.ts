import { describe, expect, it } from 'vitest'
import { correctionFor } from './error-correction.ts'
import { qrCode, qrPath } from './qr-code.ts'

const uri =
  'otpauth://totp/Parley:ines%40marlow.example?issuer=Parley&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30'

describe('the error correction codewords', () => {
  it('are those of the worked example in ISO/IEC 18004, annex I', () => {
    const block = Uint8Array.from([
      0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11,
    ])
    expect([...correctionFor(block, 10)]).toEqual([
      0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55,
    ])
  })
})

/** Pictures made by an independent encoder, modules row by row, four to a digit. */
describe('a QR code', () => {
  it('of one word is the version 1 picture an independent encoder draws', () => {
    expect(drawn('Parley')).toEqual([
      '#######.#..##.#######',
      '#.....#.#..#..#.....#',
      '#.###.#...#.#.#.###.#',
      '#.###.#.#####.#.###.#',
      '#.###.#..##...#.###.#',
      '#.....#.......#.....#',
      '#######.#.#.#.#######',
      '........#.#..........',
      '#.##.###......#..#.##',
      '#.#..#..###.#..#..#.#',
      '..##..##.##.#####..##',
      '#..###....#.##...#.#.',
      '.#.####..#.#.#..##...',
      '........#.#..#...#.##',
      '#######.#....##.#.#..',
      '#.....#.#.#####..##.#',
      '#.###.#....#..#.#####',
      '#.###.#.###..#.#.###.',
      '#.###.#.#..#.#....#..',
      '#.....#..#.##.##....#',
      '#######.##.##..##.#..',
    ])
  })

  it('of a sign-in secret is the version 8 picture an independent encoder draws', () => {
    expect(packed(uri)).toBe(setUpCode.join(''))
  })

  it('of 270 bytes falls back to the lower correction level and fills version 10', () => {
    expect(qrCode('é'.repeat(135))?.length).toBe(57)
    expect(packed('é'.repeat(135))).toBe(fullCode.join(''))
  })

  it('grows with the text and is not drawn above version 10', () => {
    const sizes = [14, 15, 213, 214, 271].map((length) => qrCode('a'.repeat(length))?.length)
    expect(sizes).toEqual([21, 25, 57, 53, 57])
    expect(qrCode('a'.repeat(272))).toBeUndefined()
  })

  it('is drawn as one path whose runs cover exactly the dark modules', () => {
    const rows = qrCode('Parley') ?? []
    const runs = [...qrPath(rows).matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)]
    const painted = rows.map((row) => row.map(() => false))
    for (const [, x, y, length] of runs) {
      for (let step = 0; step < Number(length); step += 1) {
        const line = painted[Number(y)]
        if (line !== undefined) line[Number(x) + step] = true
      }
    }
    expect(painted).toEqual(rows)
  })
})

function drawn(text: string): string[] {
  return (qrCode(text) ?? []).map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))
}

function packed(text: string): string {
  const bits = (qrCode(text) ?? []).flat()
  let digits = ''
  for (let at = 0; at < bits.length; at += 4) {
    digits += [0, 1, 2, 3].reduce((sum, step) => sum * 2 + (bits[at + step] ? 1 : 0), 0).toString(16)
  }
  return digits
}

const setUpCode = [
  'fe456b1160bfc163314df7d06ea2dbb6366bb75829e717a5dba00fffe0c2ec124c51013107faaaaaaaaafe01c9fc4d2b',
  '0082c7ebe77ce77c71fe1fbfdc34963a5a1a96e79552a7f36c30a602bddeae9ba4ff0eba8b2a29b744035a0f32291737',
  '67ae2f69e9d64ac778bc43a98eba39ca53a6f913a782fca32183b5f6aa7c7199200ae4ddb7f7e6bf2f4fa2ebe711582c',
  '77cb19fab3f6b8eaa9a446db1366c437e403f95bfee48de25c6067d3f2801972f7870ab9d4f86011da3ad2f27d8ab96b',
  '7948e50a5bebba09ed92d21877c227dd3c8605b2f6e978ace089a1f99033078acc954a60669cf26b8d1c9d8d01bd96e0',
  'f39124f7ade2eb8be01bfe0072c11bac44bf96b9ab402bb04b46479291bba2893e338f9dd2a472f779b6e867de867051',
  '04bb43e60de9fe8b5a7ba8b88',
]

const fullCode = [
  'fe5bbe61bad33fc1604a8c2194906e95daa4ba60cbb75578cd92ffa5dba2bbe7fbad12ec1544a912197107faaaaaaaaa',
  'aafe00aed5c5974d00fb934ebeb5d85540fd5780ff493151ce8ffe1843473721b8060865d63a2390aafa4c8481c68468',
  '2bb0d311df08ffeba614773a2b8060865d228a770aafa4c868844c4682bb0d1128d18ffeba614f618278070865d32d65',
  '70abfa4c8f8dee04696bb0d9435cc0ff4ba616dedb6780f0c218398655821f86eafbc25cce16992f9433faa54fb2e9ff',
  'e112ad5c5d3091adac1c66a97faaab45edf31dd6bc467e3254f90cbbfb1b3ad5a5d3086bbe4bc61a97fb1a6688df3edd',
  '6b7c71b5a54a10cbebbcaead5a1d3086b7247c61a97fb3a5857df3edd6b6d2c9fa54a10cbfb163f2d521974f221edf4e',
  'd2b5d9305e8157b6ff49e55d940ff018433931ba38030865f339e750ad3a4c93024d746b6bb0de529a40ff03a61397f1',
  'e78030865f3202610abfa4c9f8806646b1bb0dc53fbe8ffaba616b7042f80c4865d12baa10abfa4c8f8dd614698bb0d1',
  '82eb78fe3ba61139050380c8c21ac8febf823b86ea9b0',
]
