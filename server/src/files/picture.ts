import sharp, { type Metadata, type OutputInfo, type Sharp } from 'sharp'
import { Refused } from '../app/refused.ts'
import { createGate } from '../gate.ts'
import type { Format } from './formats.ts'

const maxPixels = 40_000_000
/** An animation is decoded frame upon frame: it shares one smaller budget, and the first frames are kept. */
const maxAnimatedPixels = 16_000_000
const maxFrames = 60
const thumbnailEdge = 480
const decodeSeconds = 20

// Decoded pixels are large: at most two pictures are open at once, and nothing is kept between them.
const gate = createGate(2)
sharp.cache(false)

export interface CleanPicture {
  bytes: Buffer
  width: number
  height: number
  thumbnail: Buffer
}

/**
 * Writes a picture anew from its pixels. Position, camera, colour profile, comments and everything tied to the
 * end stay behind; a turned photo is turned for good.
 */
export function cleanPicture(format: Format, original: Buffer): Promise<CleanPicture> {
  return gate(async () => {
    try {
      const metadata = await sharp(original, { limitInputPixels: false }).metadata()
      const pages = pagesToKeep(format, metadata)
      const [picture, thumbnail] = [
        await encode(format, metadata, open(original, pages)),
        await open(original, 1)
          .autoOrient()
          .resize(thumbnailEdge, thumbnailEdge, { fit: 'inside', withoutEnlargement: true })
          .webp({ quality: 78 })
          .toBuffer(),
      ]
      const { data, info } = picture
      return { bytes: data, width: info.width, height: heightOf(info), thumbnail }
    } catch (error) {
      if (error instanceof Refused) throw error
      throw new Refused('invalid', /pixel limit/i.test(String(error)) ? 'file.pixels' : 'file.type')
    }
  })
}

function open(original: Buffer, pages: number): Sharp {
  return sharp(original, { pages, limitInputPixels: maxPixels, failOn: 'error' }).timeout({
    seconds: decodeSeconds,
  })
}

function pagesToKeep(format: Format, { format: found, width, height, pageHeight, pages = 1 }: Metadata) {
  if (`image/${found}` !== format.type) throw new Refused('invalid', 'file.type')
  const pixels = width * (pageHeight ?? height)
  if (pixels > maxPixels) throw new Refused('invalid', 'file.pixels')
  return Math.max(1, Math.min(pages, maxFrames, Math.floor(maxAnimatedPixels / pixels)))
}

function encode(format: Format, metadata: Metadata, picture: Sharp) {
  const upright = picture.autoOrient()
  switch (format.type) {
    case 'image/jpeg':
      return upright.jpeg({ quality: 86 }).toBuffer({ resolveWithObject: true })
    case 'image/png':
      return upright.png({ palette: metadata.isPalette === true }).toBuffer({ resolveWithObject: true })
    case 'image/webp':
      return upright.webp({ quality: 86 }).toBuffer({ resolveWithObject: true })
    case 'image/gif':
      return upright.gif({ effort: 3 }).toBuffer({ resolveWithObject: true })
    default:
      throw new Error(`${format.type} is not a picture`)
  }
}

function heightOf(info: OutputInfo): number {
  return info.pageHeight ?? info.height
}
