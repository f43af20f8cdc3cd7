import type { ProductKey, VendorKey } from '../cast.ts'
import { belt, satchel } from './leather.ts'
import { lamp, stool } from './oak.ts'
import { bowl, cups, dripper, pourOver } from './stoneware.ts'
import { backdrop, place } from './studio.ts'

/** A portrait's middle square holds the product, so that it may be cropped to a thumbnail. */
const portrait = { width: 600, height: 760, horizon: 478 }
const wide = { width: 1200, height: 600, horizon: 392 }

function picture(box: typeof portrait, drawing: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${box.width}" height="${box.height}" viewBox="0 0 ${box.width} ${box.height}">${backdrop(box)}${drawing}</svg>`
}

const views: Record<ProductKey, readonly string[]> = {
  pourOver: [
    place(pourOver(), 284, 600, 1.04),
    place(dripper(), 278, 520, 1.25),
    place(pourOver(), 330, 1020, 2.3),
    place(pourOver(), 212, 560, 0.82) + place(cups(), 440, 610, 0.72),
  ],
  bowl: [
    place(bowl(), 300, 560, 1.25),
    place(bowl(), 420, 760, 2.7),
    place(bowl(), 220, 540, 0.95) + place(cups(), 440, 612, 0.8),
  ],
  cups: [
    place(cups(), 300, 580, 1.45),
    place(cups(), 540, 820, 2.9),
    place(bowl(), 390, 530, 0.9) + place(cups(), 210, 606, 0.95),
  ],
  satchel: [
    place(satchel(), 300, 588, 1.18),
    place(satchel(), 520, 700, 2.4),
    place(satchel(), 270, 548, 0.98) + place(belt(), 420, 630, 0.72),
  ],
  belt: [
    place(belt(), 300, 560, 1.45),
    place(belt(), 330, 640, 2.9),
    place(satchel(), 330, 540, 0.9) + place(belt(), 200, 630, 0.95),
  ],
  lamp: [
    place(lamp(), 262, 612, 1.08),
    place(lamp(), 150, 1260, 2.2),
    place(stool(), 300, 690, 0.95) + place(lamp(), 280, 392, 0.66),
  ],
  stool: [
    place(stool(), 300, 606, 1.3),
    place(stool(), 300, 1020, 2.2),
    place(lamp(), 400, 540, 0.94) + place(stool(), 220, 640, 0.9),
  ],
}

const covers: Record<VendorKey | 'marlow', string> = {
  kiln: place(pourOver(), 470, 500, 0.94) + place(bowl(), 900, 510, 0.9) + place(cups(), 700, 548, 0.8),
  nordvik: place(satchel(), 560, 500, 1) + place(belt(), 860, 530, 0.95),
  lumen: place(lamp(), 480, 510, 0.98) + place(stool(), 830, 530, 1.15),
  marlow:
    place(stool(), 1040, 480, 0.9) +
    place(lamp(), 880, 520, 0.98) +
    place(satchel(), 640, 500, 0.8) +
    place(bowl(), 720, 566, 0.66) +
    place(pourOver(), 462, 560, 0.86),
}

export function pictureName(product: ProductKey, view: number): string {
  return `${product}-${view}.svg`
}

export function coverName(cover: VendorKey | 'marlow'): string {
  return `cover-${cover}.svg`
}

export function pictureFiles(): readonly (readonly [name: string, svg: string])[] {
  const ofProducts = (Object.keys(views) as ProductKey[]).flatMap((product) =>
    views[product].map(
      (drawing, index) => [pictureName(product, index + 1), picture(portrait, drawing)] as const,
    ),
  )
  const ofCovers = (Object.keys(covers) as (VendorKey | 'marlow')[]).map(
    (cover) => [coverName(cover), picture(wide, covers[cover])] as const,
  )
  return [...ofProducts, ...ofCovers]
}
