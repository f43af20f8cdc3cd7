import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Format, formatNamed } from './formats.ts'
import { cleanPicture } from './picture.ts'
import * as samples from './samples.ts'

function format(name: string, declared: string): Format {
  const found = formatNamed(name, declared)
  if (found === undefined) throw new Error(`${declared} is not a format`)
  return found
}
const jpegFormat = format('a.jpg', 'image/jpeg')
const gifFormat = format('a.gif', 'image/gif')
const pngFormat = format('a.png', 'image/png')
const webpFormat = format('a.webp', 'image/webp')

describe('a picture written anew', () => {
  test('carries no position, owner or camera, and stands upright', async () => {
    const photo = await samples.phonePhoto()
    const before = await sharp(photo).metadata()
    expect(before.orientation).toBe(6)
    expect(before.exif?.includes(samples.canary)).toBe(true)

    const clean = await cleanPicture(jpegFormat, photo)
    const after = await sharp(clean.bytes).metadata()
    expect(after.exif).toBeUndefined()
    expect(after.orientation).toBeUndefined()
    expect(clean.bytes.includes(samples.canary)).toBe(false)
    expect(clean.bytes.includes('Exif')).toBe(false)
    expect([clean.width, clean.height]).toEqual([480, 640])
    expect(clean.thumbnail.includes(samples.canary)).toBe(false)
  })

  test('leaves behind what was tied to its end', async () => {
    const hidden = Buffer.concat([Buffer.from('<script>alert(1)</script>'), samples.archive])
    for (const [kind, bytes] of [
      [pngFormat, await samples.picture(20, 20).png().toBuffer()],
      [jpegFormat, await samples.picture(20, 20).jpeg().toBuffer()],
      [gifFormat, await samples.animation(3)],
    ] as const) {
      const clean = await cleanPicture(kind, Buffer.concat([bytes, hidden]))
      expect(clean.bytes.includes('<script>')).toBe(false)
      expect(clean.bytes.includes('PK\u0005\u0006')).toBe(false)
    }
  })

  test('has a WebP thumbnail of 480 pixels at most, never enlarged', async () => {
    const large = await cleanPicture(webpFormat, await samples.picture(1_600, 900).webp().toBuffer())
    const thumbnail = await sharp(large.thumbnail).metadata()
    expect([thumbnail.format, thumbnail.width, thumbnail.height]).toEqual(['webp', 480, 270])
    const small = await cleanPicture(pngFormat, await samples.picture(30, 20).png().toBuffer())
    expect((await sharp(small.thumbnail).metadata()).width).toBe(30)
  })

  test('still moves when it is an animation, with its first 60 frames', async () => {
    const clean = await cleanPicture(gifFormat, await samples.animation(90))
    const metadata = await sharp(clean.bytes).metadata()
    expect(metadata.pages).toBe(60)
    expect(metadata.delay?.[0]).toBe(80)
    expect([clean.width, clean.height]).toEqual([24, 24])
    expect((await sharp(clean.thumbnail).metadata()).pages ?? 1).toBe(1)
  })

  test('is refused above 40 megapixels, before it is decoded', async () => {
    const bomb = await samples.picture(8_000, 5_001).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(500_000)
    await expect(cleanPicture(pngFormat, bomb)).rejects.toThrow('file.pixels')
  })

  test('is refused when it only begins like a picture', async () => {
    await expect(cleanPicture(gifFormat, Buffer.from('GIF89a=1;alert(1)//'))).rejects.toThrow('file.type')
    const cut = (await samples.picture(400, 400).png().toBuffer()).subarray(0, 300)
    await expect(cleanPicture(pngFormat, cut)).rejects.toThrow('file.type')
    await expect(cleanPicture(pngFormat, await samples.picture(9, 9).jpeg().toBuffer())).rejects.toThrow(
      'file.type',
    )
    await expect(cleanPicture(pngFormat, samples.svg)).rejects.toThrow('file.type')
  })
})
