import { orders } from './cast.ts'
import { type Product, productOf, type Vendor } from './catalogue.ts'
import { addDays, dayOf } from './format.ts'
import type { Person } from './person.ts'

export const deliveryPrice = 4.9
const returnDays = 14

type Step = { name: string; date: Date; reached: boolean }
export type Purchase = {
  orderId: string
  label: string
  lines: readonly Product[]
  vendors: readonly Vendor[]
  placedAt: Date
  steps: readonly Step[]
  deliveredAt: Date | undefined
  /** The day a parcel that is still on its way should arrive. */
  expectedAt: Date
  returnUntil: Date | undefined
  goodsPrice: number
  totalPrice: number
}

const path = [
  { name: 'Ordered', state: 'ordered', days: 0 },
  { name: 'Packed', state: 'packed', days: 2 },
  { name: 'On its way', state: 'onItsWay', days: 4 },
  { name: 'Delivered', state: 'delivered', days: 7 },
] as const

function read(order: (typeof orders)[keyof typeof orders]): Purchase {
  const placedAt = dayOf(order.placedAt)
  const reachedIndex = path.findIndex((step) => step.state === order.state)
  const steps = path.map((step, index) => ({
    name: step.name,
    date: addDays(placedAt, step.days),
    reached: index <= reachedIndex,
  }))
  const expectedAt = addDays(placedAt, 7)
  const deliveredAt = order.state === 'delivered' ? expectedAt : undefined
  const lines = order.lines.map(productOf)
  const goodsPrice = lines.reduce((sum, line) => sum + line.price, 0)
  return {
    orderId: order.orderId,
    label: `Order ${order.orderId}`,
    lines,
    vendors: [...new Set(lines.map((line) => line.vendor))],
    placedAt,
    steps,
    deliveredAt,
    expectedAt,
    returnUntil: deliveredAt && addDays(deliveredAt, returnDays),
    goodsPrice,
    totalPrice: goodsPrice + deliveryPrice,
  }
}

/** Reached through the person, so that an order of somebody else cannot be found at all. */
export function purchasesOf(person: Person | undefined): readonly Purchase[] {
  if (person?.role !== 'buyer') return []
  return Object.values(orders)
    .filter((order) => order.buyer === person.key)
    .map(read)
    .sort((a, b) => b.placedAt.getTime() - a.placedAt.getTime())
}

export function findPurchase(person: Person | undefined, orderId: string): Purchase | undefined {
  return purchasesOf(person).find((purchase) => purchase.orderId === orderId)
}
