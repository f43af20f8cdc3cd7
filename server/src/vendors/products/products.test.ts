import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoutingWorld, type RoutingWorld } from '../../testing/routing-world.ts'
import { engines } from '../../testing/site-world.ts'

describe.each(engines)('what a vendor is asked about on %s', (engine) => {
  let world: RoutingWorld
  beforeAll(async () => {
    world = await createRoutingWorld(engine)
  })
  afterAll(() => world.close())

  const about = (vendorId: string, product: string) => ({
    with: { kind: 'vendor', vendorId } as const,
    about: { product: { id: product, name: 'As the page calls it', vendorId } },
    answers: { description: 'Is it in stock?' },
  })
  const refused = { code: 'notFound', reason: 'product.unknown' }

  it('is what the page says, until the marketplace has told whose its products are', async () => {
    await world.ask('marta', 'startConversation', about('ven_kiln', 'prd_anything'))
    expect(
      await world.refusal('priya', 'saveVendorProducts', { vendorId: 'ven_kiln', products: [] }),
    ).toEqual({
      code: 'notAllowed',
    })
    const products = [
      { productId: 'prd_bowl', name: 'Blue serving bowl' },
      { productId: 'prd_cups', name: 'Two speckled cups' },
    ]
    expect(await world.ask('ines', 'saveVendorProducts', { vendorId: 'ven_kiln', products })).toEqual({
      products: 2,
    })
    await world.ask('marta', 'startConversation', about('ven_kiln', 'prd_bowl'))
    expect(await world.refusal('marta', 'startConversation', about('ven_kiln', 'prd_anything'))).toEqual(
      refused,
    )
    // Nothing was told of this vendor, but that this product is another's.
    expect(await world.refusal('marta', 'startConversation', about('ven_nordvik', 'prd_bowl'))).toEqual(
      refused,
    )
    await world.ask('marta', 'startConversation', about('ven_nordvik', 'prd_belt'))
  })

  it('follows the catalogue when a product goes to another vendor, or is named no longer', async () => {
    const bowl = [{ productId: 'prd_bowl', name: 'Blue serving bowl' }]
    await world.ask('ines', 'saveVendorProducts', { vendorId: 'ven_lumen', products: bowl })
    expect(await world.refusal('marta', 'startConversation', about('ven_kiln', 'prd_bowl'))).toEqual(refused)
    await world.ask('marta', 'startConversation', about('ven_lumen', 'prd_bowl'))
    const saved = await world.ask('ines', 'saveVendorProducts', {
      vendorId: 'ven_lumen',
      products: [{ productId: 'prd_lamp', name: 'Reading lamp' }],
      isAll: true,
    })
    expect(saved).toEqual({ products: 1 })
    expect(await world.refusal('marta', 'startConversation', about('ven_lumen', 'prd_bowl'))).toEqual(refused)
  })

  it('is never an order that the signed identity does not know as this vendor’s', async () => {
    for (const [who, order] of [
      ['marta', '48213'],
      ['omar', 'order-of-nobody'],
    ] as const)
      expect(
        await world.refusal(who, 'startConversation', {
          ...about('ven_nordvik', 'prd_belt'),
          about: { order: { id: order, vendorId: 'ven_nordvik' } },
        }),
      ).toEqual({ code: 'notFound', reason: 'order.unknown' })
  })
})
