import sharp, { type Sharp } from 'sharp'

/** Real bytes of every kind, made here: pictures by the encoder, the rest by hand from their specifications. */
export function picture(width: number, height: number): Sharp {
  return sharp({ create: { width, height, channels: 3, background: '#b5651d' } })
}

export const canary = 'CANARY-48.8583-N-2.2945-E'

/** A photo as a phone makes it: position, owner and a quarter turn in its EXIF. */
export function phonePhoto(): Promise<Buffer> {
  return picture(640, 480)
    .withExif({
      IFD0: { Copyright: canary, Make: 'Canary phone', Orientation: '6' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 51/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '2/1 17/1 40/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

export function animation(frames: number, edge = 24): Promise<Buffer> {
  const pixels = Buffer.alloc(edge * edge * frames * 3)
  for (let frame = 0; frame < frames; frame += 1) {
    pixels.fill((frame * 37) % 256, frame * edge * edge * 3, (frame + 1) * edge * edge * 3)
  }
  return sharp(pixels, { raw: { width: edge, height: edge * frames, channels: 3, pageHeight: edge } })
    .gif({ delay: Array.from({ length: frames }, () => 80), loop: 0 })
    .toBuffer()
}

export const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\nxref\n0 3\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n96\n%%EOF\n',
)
export const plainText = Buffer.from('Dear Oakline,\n\nthe lamp flickers. Käse 🧀\n')

const mp3Frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)])
export const mp3 = Buffer.concat([mp3Frame, mp3Frame, mp3Frame])

function box(brand: string): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt32BE(24)
  head.write(`ftyp${brand}`, 4, 'latin1')
  head.write('isommp42', 16, 'latin1')
  return Buffer.concat([head, Buffer.from([0, 0, 0, 8]), Buffer.from('mdat')])
}
export const mp4 = box('isom')
export const m4a = box('M4A ')

export const ogg = Buffer.concat([
  Buffer.from('OggS\0\x02', 'latin1'),
  Buffer.alloc(20),
  Buffer.from([1, 30]),
  Buffer.from('\x01vorbis', 'latin1'),
  Buffer.alloc(23),
])

/** The head of a Windows program, then enough of it to be read. */
export const program = Buffer.concat([Buffer.from('MZ\x90\0\x03', 'latin1'), Buffer.alloc(600, 0x90)])
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

/** An archive without files: the shortest valid one. */
export const archive = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

/** The industry's agreed harmless test string, in two halves so that no scanner stops this source file. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
)
