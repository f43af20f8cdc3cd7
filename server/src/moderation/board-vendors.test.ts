import { afterAll, beforeAll, expect, it } from 'vitest'
import { findHeld, type Held } from '../conversations/index.ts'
import type { Database } from '../storage/database.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { createBoardVendors } from './board-vendors.ts'

let site: Marlow
let held: Held[]
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  const marta = await site.buyer('marta')
  held = [await startedAt(marta, 'ven_kiln'), await startedAt(marta, 'ven_nordvik')]
})
afterAll(() => site?.close())

async function startedAt(person: Person, vendorId: string): Promise<Held> {
  const { conversationId } = await person.ask('startConversation', {
    requestId: `start-at-${vendorId}`,
    with: { kind: 'vendor', vendorId },
    answers: { description: 'Is it oven-proof?' },
  })
  const found = await findHeld(site.world.parts.database, conversationId)
  if (!found) throw new Error('It was just started')
  return found
}

/** The real database, with what it is asked about vendors counted. */
function counted(): { database: Database; asked: () => number } {
  const { database } = site.world.parts
  let asked = 0
  const query: Database['query'] = (text, params) => {
    if (/from vendors\b/.test(text)) asked += 1
    return database.query(text, params)
  }
  return { database: Object.assign(Object.create(database), { query }), asked: () => asked }
}

it('rows that are told together ask once for all their vendors, and later ones not at all', async () => {
  const { database, asked } = counted()
  const vendors = createBoardVendors({ ...site.world.parts, database })
  const facts = await Promise.all([...held, ...held].map((one) => vendors.of(one)))
  expect(facts.map((one) => one?.state)).toEqual(['active', 'active', 'active', 'active'])
  expect(asked()).toBe(1)
  await Promise.all(held.map((one) => vendors.of(one)))
  expect(asked()).toBe(1)
})

it('a switch of links shows in the listing and in the next row, of that vendor alone', async () => {
  const vendors = createBoardVendors(site.world.parts)
  const daniel = await site.member('daniel')
  const areOff = async () => {
    const { rows } = await daniel.ask('listBoard', { limit: 500 })
    const ids = held.map(({ conversation }) => conversation.conversationId)
    const listed = ids.map((id) => rows.find((row) => row.conversationId === id)?.need.ofVendor?.areLinksOff)
    const told = await Promise.all(held.map((one) => vendors.of(one)))
    return [listed, told.map((one) => one?.areLinksOff)]
  }
  const on = [false, false]
  const off = [true, false]
  expect(await areOff()).toEqual([on, on])
  const wish = { vendorId: 'ven_kiln', reason: 'Its account may have been taken over' }
  await daniel.ask('switchLinks', { requestId: 'links-off', ...wish, isOff: true })
  expect(await areOff()).toEqual([off, off])
  await daniel.ask('switchLinks', { requestId: 'links-on', ...wish, isOff: false })
  expect(await areOff()).toEqual([on, on])
})

it('an answer that fails is none, and is asked for again', async () => {
  const { database } = site.world.parts
  let isDown = true
  const query: Database['query'] = (text, params) =>
    isDown ? Promise.reject(new Error('away')) : database.query(text, params)
  const vendors = createBoardVendors({
    ...site.world.parts,
    database: Object.assign(Object.create(database), { query }),
  })
  const [first] = held
  if (!first) throw new Error('There is one')
  expect(await vendors.of(first)).toBeNull()
  isDown = false
  expect(await vendors.of(first)).toMatchObject({ state: 'active' })
})
