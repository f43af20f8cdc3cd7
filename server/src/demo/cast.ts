/** The named cast: one set of people, vendors, products and orders that serves demo, seed, tests and docs. */

export const marlow = {
  siteId: 'site_marlow',
  siteKey: 'marlow',
  name: 'Marlow',
  /** Public on purpose: these secrets exist only where the demo runs, never with NODE_ENV=production. */
  identityKeyId: 'demo-1',
  identitySecret: 'marlow-demo-identity-secret-not-for-production-use',
  password: 'parley-demo-password',
} as const

export type VendorKey = 'kiln' | 'nordvik' | 'lumen'
export const vendors = {
  kiln: { vendorId: 'ven_kiln', name: 'Kiln & Thread', craft: 'Stoneware and linen' },
  nordvik: { vendorId: 'ven_nordvik', name: 'Nordvik Leather', craft: 'Bags and belts' },
  lumen: { vendorId: 'ven_lumen', name: 'Lumen & Oak', craft: 'Lamps and small furniture' },
} as const

export const staff = {
  ines: { memberId: 'mem_ines', name: 'Ines Duarte', email: 'ines@marlow.example', role: 'admin' },
  daniel: { memberId: 'mem_daniel', name: 'Daniel Okoye', email: 'daniel@marlow.example', role: 'moderator' },
  priya: { memberId: 'mem_priya', name: 'Priya Raman', email: 'priya@marlow.example', role: 'csr' },
  jonas: { memberId: 'mem_jonas', name: 'Jonas Weber', email: 'jonas@marlow.example', role: 'csr' },
} as const

export const vendorMembers = {
  elin: { memberId: 'mem_elin', name: 'Elin Berg', email: 'elin@kiln.example', vendor: 'kiln' },
  nils: { memberId: 'mem_nils', name: 'Nils Nordvik', email: 'nils@nordvik.example', vendor: 'nordvik' },
  wren: { memberId: 'mem_wren', name: 'Wren Ashby', email: 'wren@lumen.example', vendor: 'lumen' },
} as const

/** `sub` is the marketplace's own id of the person, the key of a signed identity. */
export const buyers = {
  marta: { sub: 'buyer-1001', name: 'Marta Oliveira', email: 'marta@studio.example' },
  omar: { sub: 'buyer-1002', name: 'Omar Haddad', email: 'omar@post.example' },
  oluwaseun: {
    sub: 'buyer-1003',
    name: 'Oluwaseun Adebayo-Featherstonehaugh',
    email: 'oluwaseun@post.example',
  },
} as const

export type ProductKey = keyof typeof products
export const products = {
  pourOver: {
    productId: 'prd_pourover',
    name: 'Stoneware pour-over set',
    detail: 'Milk glaze',
    price: 64,
    vendor: 'kiln',
  },
  bowl: { productId: 'prd_bowl', name: 'Blue serving bowl', detail: '30 cm', price: 38, vendor: 'kiln' },
  cups: { productId: 'prd_cups', name: 'Two speckled cups', detail: 'Set of two', price: 29, vendor: 'kiln' },
  satchel: {
    productId: 'prd_satchel',
    name: 'Day satchel',
    detail: 'Chestnut',
    price: 189,
    vendor: 'nordvik',
  },
  belt: { productId: 'prd_belt', name: 'Plain belt', detail: '95 cm', price: 49, vendor: 'nordvik' },
  lamp: { productId: 'prd_lamp', name: 'Reading lamp', detail: 'Brass and oak', price: 128, vendor: 'lumen' },
  stool: {
    productId: 'prd_stool',
    name: 'Three-legged stool',
    detail: 'Oiled oak',
    price: 96,
    vendor: 'lumen',
  },
} as const

/** One order belongs to one buyer; its lines name products, and through them vendors. */
export const orders = {
  48213: {
    orderId: '48213',
    buyer: 'marta',
    lines: ['pourOver', 'bowl'],
    placedAt: '2026-11-14',
    state: 'delivered',
  },
  48377: { orderId: '48377', buyer: 'marta', lines: ['satchel'], placedAt: '2026-11-19', state: 'onItsWay' },
  47950: {
    orderId: '47950',
    buyer: 'omar',
    lines: ['lamp', 'cups'],
    placedAt: '2026-11-02',
    state: 'delivered',
  },
  48401: { orderId: '48401', buyer: 'omar', lines: ['belt'], placedAt: '2026-11-20', state: 'packed' },
  48102: {
    orderId: '48102',
    buyer: 'oluwaseun',
    lines: ['stool', 'lamp', 'bowl'],
    placedAt: '2026-11-11',
    state: 'delivered',
  },
} as const
