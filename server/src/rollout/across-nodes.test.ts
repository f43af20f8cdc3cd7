import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRedis, hints, requestId } from '../testing/across-nodes.ts'
import { type Cluster, startCluster } from '../testing/cluster.ts'
import type { Person } from '../testing/marlow.ts'
import { rollOut } from '../testing/roll-out.ts'
import { waitFor } from '../testing/wait-for.ts'

const patiently = 30_000

describe.skipIf(!hasRedis)('a feature that is killed on one node', () => {
  let cluster: Cluster
  let ines: Person
  let daniel: Person
  let elin: Person
  let marta: Person
  beforeAll(async () => {
    cluster = await startCluster({ RATE_LIMIT_FACTOR: '1000' })
    const { a, b } = cluster
    ;[ines, daniel, elin, marta] = await Promise.all([
      a.member('ines'),
      b.member('daniel'),
      b.member('elin'),
      b.buyer('marta'),
    ])
  })
  afterAll(() => cluster?.close())

  const kill = (feature: 'tone' | 'rooms.vendors') =>
    ines.ask('killRollout', { requestId: requestId(), feature })

  it('shows no tone on the other, on its open board neither', async () => {
    const { conversationId } = await marta.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      answers: { description: 'This is a scam! I want my money back NOW!!!' },
    })
    const viewed = () => daniel.ask('viewTone', { conversationId })
    await waitFor(async () => (await viewed()).messages.length === 1, patiently)
    const { rows } = await daniel.ask('listBoard', { isLive: true })
    expect(rows.find((row) => row.conversationId === conversationId)?.need.dissatisfaction).not.toBeNull()
    await kill('tone')
    await waitFor(
      () =>
        (hints(daniel, 'tone') as ConversationTone[]).some(
          (tone) => tone.conversationId === conversationId && tone.isOff === true,
        ),
      patiently,
    )
    await waitFor(async () => (await viewed()).isOff === true, patiently)
  })

  it('leaves its rooms at once on the other too', async () => {
    await rollOut(ines, 'rooms.vendors', { sharePercent: 100 })
    const start = () =>
      elin.ask('startVendorRoom', {
        requestId: requestId(),
        vendorId: 'ven_nordvik',
        text: 'Shall we share a stand?',
      })
    await waitFor(async () => (await elin.ask('describeMe', {})).areRoomsOn, patiently)
    const { conversationId } = await start()
    await kill('rooms.vendors')
    await waitFor(
      () => JSON.stringify(hints(elin, 'forget')).includes(conversationId),
      // Sooner than rights are weighed again by themselves.
      7_000,
    )
    expect(await elin.refusal('readConversation', { conversationId })).toEqual({ code: 'notFound' })
  })
})
