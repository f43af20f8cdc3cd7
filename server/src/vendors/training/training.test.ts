import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoutingWorld, offeredTo, type RoutingWorld } from '../../testing/routing-world.ts'
import { engines } from '../../testing/site-world.ts'
import { sweepVendors } from '../sweep.ts'

const day = 24 * 60 * 60 * 1000

describe.each(engines)('the training of vendors on %s', (engine) => {
  let world: RoutingWorld
  let ask: RoutingWorld['ask']
  let refusal: RoutingWorld['refusal']
  let moduleId = ''
  beforeAll(async () => {
    world = await createRoutingWorld(engine)
    ;({ ask, refusal } = world)
  })
  afterAll(() => world.close())

  const returns = {
    moduleId: null,
    title: 'Returns',
    topicId: 'return',
    sections: [
      {
        heading: 'Thirty days',
        body: '<p onclick="steal()">Every buyer may <b>send back</b>.<script>steal()</script></p>',
        picture: null,
      },
    ],
    questions: [
      {
        text: 'How long may a buyer send back?',
        choices: [
          { text: '30 days', isRight: true },
          { text: 'A week', isRight: false },
        ],
      },
      {
        text: 'Who pays for a broken bowl?',
        choices: [
          { text: 'The vendor', isRight: true },
          { text: 'The buyer', isRight: false },
        ],
      },
    ],
    passPercent: 100,
    attemptsPerDay: 2,
    certificateDays: 30,
    isPublished: true,
  }
  const take = (answers: number[][], version = 1) => ({ moduleId, version, answers })
  async function startAbout(topic: string): Promise<string> {
    const { parts } = world.world
    const conversationId = await world.startWith('marta', 'ven_kiln')
    await parts.database.query(
      `update conversations set topic_id = $2, state = jsonb_set(state, '{topic}', $3::jsonb)
       where conversation_id = $1`,
      [conversationId, topic, JSON.stringify({ id: topic, label: topic })],
    )
    return conversationId
  }

  it('is written by an admin, in versions, with its markup cleaned', async () => {
    for (const who of ['priya', 'daniel', 'elin'] as const)
      expect(await refusal(who, 'saveTrainingModule', returns)).toEqual({ code: 'notAllowed' })
    expect(await refusal('ines', 'saveTrainingModule', { ...returns, topicId: 'nothing' })).toMatchObject({
      code: 'invalid',
      field: 'topicId',
    })
    const unanswerable = [
      {
        text: 'Which?',
        choices: [
          { text: 'A', isRight: false },
          { text: 'B', isRight: false },
        ],
      },
    ]
    expect(
      await refusal('ines', 'saveTrainingModule', { ...returns, questions: unanswerable }),
    ).toMatchObject({
      reason: 'training.noRight',
    })
    const picture = { fileId: 'fil_absent', alt: 'A bowl' }
    const [section] = returns.sections
    if (!section) throw new Error('There is no section')
    expect(
      await refusal('ines', 'saveTrainingModule', { ...returns, sections: [{ ...section, picture }] }),
    ).toMatchObject({ reason: 'file.unknown' })
    const saved = await ask('ines', 'saveTrainingModule', returns)
    moduleId = saved.moduleId
    expect(saved).toMatchObject({ version: 1, certified: 0 })
    expect(saved.sections[0]?.body).toBe('<p>Every buyer may <b>send back</b>.</p>')
    const kept = await ask('ines', 'saveTrainingModule', { ...returns, moduleId, passPercent: 100 })
    expect(kept.version).toBe(1)
  })

  it('shows the text and the choices, and never which of them is right', async () => {
    const { modules } = await ask('elin', 'listTraining', {})
    expect(modules).toMatchObject([{ title: 'Returns', topic: 'Return or refund', attemptsLeft: 2 }])
    expect(modules[0]?.questions[0]).toEqual({
      text: 'How long may a buyer send back?',
      choices: ['30 days', 'A week'],
      rightCount: 1,
    })
    expect(JSON.stringify(modules)).not.toContain('isRight')
    expect((await refusal('priya', 'listTraining', {})).code).toBe('notAllowed')
  })

  it('decides who is offered, may take, be given and write about its topic, and nothing else', async () => {
    await world.arrive('elin', 5)
    const about = await startAbout('return')
    const other = await world.startWith('omar', 'ven_kiln')
    await ask('elin', 'declineOffer', { conversationId: about }).catch(() => undefined)
    await world.pass(5 * 60_000)
    expect(offeredTo(await world.events(about))).toBeNull()
    for (const name of ['takeConversation', 'acceptOffer'] as const)
      expect(await refusal('elin', name, { conversationId: about })).toEqual({
        code: 'notAllowed',
        reason: 'vendor.topic',
      })
    expect(await refusal('elin', 'sendMessage', { conversationId: about, text: 'Hello' })).toMatchObject({
      reason: 'vendor.topic',
    })
    const to = { kind: 'member', memberId: 'mem_elin' } as const
    expect(
      await refusal('daniel', 'transferConversation', { conversationId: about, to, reason: 'Yours' }),
    ).toMatchObject({ reason: 'vendor.topic' })
    expect((await ask('elin', 'readConversation', { conversationId: about })).events.length).toBeGreaterThan(
      0,
    )
    await ask('elin', 'takeConversation', { conversationId: other }).catch(() => undefined)
    await ask('elin', 'sendMessage', { conversationId: other, text: 'This one I know' })
  })

  it('is marked by the server, a few times a day, in the version that was read', async () => {
    expect(await refusal('elin', 'takeTraining', take([[0], [0]], 7))).toMatchObject({
      code: 'conflict',
      reason: 'training.changed',
    })
    const failed = await ask('elin', 'takeTraining', take([[0], [1]]))
    expect(failed).toEqual({
      percent: 50,
      hasPassed: false,
      right: [true, false],
      expiresAt: null,
      attemptsLeft: 1,
    })
    const passed = await ask('elin', 'takeTraining', take([[0], [0]]))
    expect(passed).toMatchObject({ percent: 100, hasPassed: true, attemptsLeft: 0 })
    expect(await refusal('elin', 'takeTraining', take([[0], [0]]))).toMatchObject({
      code: 'rateLimited',
      reason: 'training.attempts',
    })
    const conversationId = await startAbout('return')
    await ask('elin', 'takeConversation', { conversationId }).catch(() => undefined)
    await ask('elin', 'sendMessage', { conversationId, text: 'Thirty days' })
  })

  it('runs out: at that moment nothing more is written, and what is open goes back into the line', async () => {
    const conversationId = await startAbout('return')
    await ask('elin', 'takeConversation', { conversationId }).catch(() => undefined)
    await ask('elin', 'sendMessage', { conversationId, text: 'Still certified' })
    world.world.clock.advance(30 * day)
    expect(await refusal('elin', 'sendMessage', { conversationId, text: 'Too late' })).toMatchObject({
      reason: 'vendor.topic',
    })
    await sweepVendors(world.world.parts, world.log, new Date(0))
    const events = await world.events(conversationId, 'marta')
    expect(events.at(-1)).toMatchObject({
      type: 'transferred',
      payload: { with: { kind: 'vendor', vendorId: 'ven_kiln' } },
    })
  })

  it('asked of everybody closes everything to whoever has not passed it, and lets in who has', async () => {
    const general = await ask('ines', 'saveTrainingModule', {
      ...returns,
      title: 'Answering buyers',
      topicId: null,
      attemptsPerDay: 5,
    })
    await ask('ines', 'saveTrainingModule', { ...returns, moduleId, isPublished: false })
    const conversationId = await world.startWith('omar', 'ven_nordvik')
    expect(await refusal('nils', 'sendMessage', { conversationId, text: 'Hello' })).toMatchObject({
      reason: 'vendor.topic',
    })
    const { rules } = await ask('ines', 'viewVendorRules', {})
    await ask('ines', 'saveVendorRules', { rules: { ...rules, training: { admitsByItself: true } } })
    const { database } = world.world.parts
    await database.query(`update vendors set state = 'training' where vendor_id = 'ven_nordvik'`)
    world.world.clock.advance(2_000)
    expect((await refusal('nils', 'listInbox', { view: 'all' })).code).toBe('notAllowed')
    await ask('nils', 'takeTraining', { moduleId: general.moduleId, version: 1, answers: [[0], [0]] })
    expect(await ask('nils', 'viewOwnVendor', {})).toMatchObject({ state: 'probation' })
    await ask('nils', 'takeConversation', { conversationId }).catch(() => undefined)
    await ask('nils', 'sendMessage', { conversationId, text: 'Hello' })
    const { people } = await ask('priya', 'viewVendor', { vendorId: 'ven_nordvik' })
    expect(people[0]?.certificates).toMatchObject([{ title: 'Answering buyers', isCurrent: true }])
  })
})
