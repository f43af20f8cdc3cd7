import { type ProductKey, products, type VendorKey, vendors } from './cast.ts'

export const categories = {
  kitchen: { name: 'Kitchen', line: 'For the first coffee and the last pan.' },
  table: { name: 'Table', line: 'Bowls and cups that are never quite the same twice.' },
  leather: { name: 'Leather', line: 'Vegetable-tanned, sewn by hand, better in ten years.' },
  light: { name: 'Light', line: 'Warm lamps for reading and for doing nothing.' },
  furniture: { name: 'Furniture', line: 'Small pieces in oiled oak.' },
} as const
export type CategoryKey = keyof typeof categories

export type Product = {
  key: ProductKey
  productId: string
  name: string
  detail: string
  price: number
  vendor: Vendor
  category: CategoryKey
  words: string
  facts: readonly string[]
  views: readonly string[]
  rating: number
  ratedBy: number
}

export type Vendor = {
  key: VendorKey
  vendorId: string
  name: string
  craft: string
  place: string
  words: string
  since: number
}

const vendorFacts: Record<VendorKey, { place: string; words: string; since: number }> = {
  kiln: {
    place: 'Porto',
    words:
      'Elin Berg throws, glazes and fires everything in one small studio by the river. Linen comes from a weaver two streets away.',
    since: 2019,
  },
  nordvik: {
    place: 'Bergen',
    words:
      'A father and a son cut every strap from one hide, so that it ages in one colour. Repairs are free for ten years.',
    since: 2017,
  },
  lumen: {
    place: 'Bristol',
    words:
      'Wren Ashby turns brass and oak into lamps and small furniture. Each piece is numbered and can be taken apart to be mended.',
    since: 2021,
  },
}

type Facts = Pick<Product, 'category' | 'words' | 'facts' | 'views' | 'rating' | 'ratedBy'>

const productFacts: Record<ProductKey, Facts> = {
  pourOver: {
    category: 'kitchen',
    words:
      'Hand-thrown dripper and carafe for two cups. Raw clay outside, milk glaze inside. Fits size 02 paper filters.',
    facts: ['Holds 600 ml', 'Fits mugs 7 to 10 cm wide', 'Safe in the dishwasher'],
    views: ['The whole set', 'The dripper alone', 'The glaze from near by', 'Beside two cups'],
    rating: 4.8,
    ratedBy: 312,
  },
  bowl: {
    category: 'table',
    words:
      'A wide bowl for salad, bread or nothing at all. The blue is a slate glaze that breaks lighter on the rim.',
    facts: ['30 cm wide, 11 cm high', 'Oven up to 220 °C', 'Safe in the dishwasher'],
    views: ['The bowl', 'The rim from near by', 'Beside two cups'],
    rating: 4.7,
    ratedBy: 141,
  },
  cups: {
    category: 'table',
    words:
      'One milk, one slate, thrown from the same speckled clay. They keep coffee warm and fit a small hand.',
    facts: ['Hold 250 ml each', '10 cm high', 'Safe in the microwave'],
    views: ['Both cups', 'The speckle from near by', 'Beside the serving bowl'],
    rating: 4.9,
    ratedBy: 228,
  },
  satchel: {
    category: 'leather',
    words:
      'A day bag for a laptop, a book and lunch. Two brass buckles with hidden magnets, and one pocket that closes.',
    facts: ['34 × 25 × 9 cm', 'Laptops up to 14 inches', 'Strap from 70 to 125 cm'],
    views: ['The front', 'The buckle from near by', 'Beside the plain belt'],
    rating: 4.6,
    ratedBy: 87,
  },
  belt: {
    category: 'leather',
    words:
      'One strap, one buckle, no lining to peel. Cut from the back of the hide, where leather stretches least.',
    facts: ['95 cm, measured to the middle hole', '32 mm wide', 'Solid brass buckle'],
    views: ['The belt, rolled', 'The buckle from near by', 'Beside the day satchel'],
    rating: 4.8,
    ratedBy: 164,
  },
  lamp: {
    category: 'light',
    words:
      'A brass head that turns all the way round on an oiled oak foot. Made for a chair, a book and a long evening.',
    facts: ['46 cm high', 'E14 bulb, included', 'Two metres of linen cable'],
    views: ['The lamp, lit', 'The head from near by', 'On the three-legged stool'],
    rating: 4.7,
    ratedBy: 119,
  },
  stool: {
    category: 'furniture',
    words:
      'Three legs never wobble. Solid oak, wedged joints, three coats of oil. Sit on it or put a lamp on it.',
    facts: ['45 cm high, 32 cm wide', 'Carries 140 kg', 'No tools needed'],
    views: ['The stool', 'The seat from near by', 'With the reading lamp'],
    rating: 4.9,
    ratedBy: 73,
  },
}

const vendorKeys = Object.keys(vendors) as VendorKey[]
const productKeys = Object.keys(products) as ProductKey[]

export const allVendors: readonly Vendor[] = vendorKeys.map((key) => ({
  key,
  ...vendors[key],
  ...vendorFacts[key],
}))

function vendorOf(key: VendorKey): Vendor {
  const vendor = allVendors.find((one) => one.key === key)
  if (!vendor) throw new Error(`The cast names no vendor ${key}`)
  return vendor
}

export const allProducts: readonly Product[] = productKeys.map((key) => ({
  key,
  ...products[key],
  ...productFacts[key],
  vendor: vendorOf(products[key].vendor),
}))

export function productOf(key: ProductKey): Product {
  const product = allProducts.find((one) => one.key === key)
  if (!product) throw new Error(`The cast names no product ${key}`)
  return product
}

export function findProduct(productId: string): Product | undefined {
  return allProducts.find((product) => product.productId === productId)
}

export function findVendor(vendorId: string): Vendor | undefined {
  return allVendors.find((vendor) => vendor.vendorId === vendorId)
}

export function isCategory(key: string): key is CategoryKey {
  return Object.hasOwn(categories, key)
}

/** Every word must occur somewhere in what a buyer can read about the product. */
export function searchProducts(query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return allProducts.filter((product) => {
    const text = [
      product.name,
      product.detail,
      product.words,
      product.vendor.name,
      product.vendor.craft,
      product.vendor.place,
      categories[product.category].name,
    ]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
