import { buyers } from '@parley/server/src/demo/cast.ts'
import { openPostOffice } from '@parley/server/src/notify/post-office.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'

const offlineWithinMs = 45_000
const mailWithinMs = 15_000

/** As if the time one waits before mailing were over; nobody's clock is turned for it. */
const mailNow = ({ store }: Stage, conversationId: string) =>
  store.query(
    `update timers set due_at = now() where kind = 'mailAnswer' and payload->>'conversationId' = $1`,
    [conversationId],
  )

export const silentSocket: Scenario = {
  id: 'F18',
  title: 'sockets that fall silent without closing, an answer mailed meanwhile',
  async play(stage) {
    const { crew, store, recorder, outside } = stage
    const { history } = recorder
    const office = await openPostOffice()
    outside.mail.leadTo(office.port)
    const gone = crew.members.elin
    const talk = await crew.begin('marta')
    const { conversationId, customer, answers } = talk
    const isPresent = async () =>
      (await store.query('select 1 from member_presence where member_id = $1', [gone.actorId])).length > 0
    try {
      stage.load(10, {
        cuts: false,
        talks: crew.talks.filter((other) => other !== talk && other.answers !== gone),
      })
      stage.must(
        (await until(isPresent, stage.within(5_000))) !== undefined,
        'Elin was never seen as present.',
      )
      await stage.fault('packets dropped, no connection closed', async () => {
        for (const { line } of [customer, gone]) line.hold('both')
        const away = [`${customer.name} is away one`, `${customer.name} is away two`]
        for (const text of away) answers.say(conversationId, text)
        const took = await until(async () => !(await isPresent()), stage.within(offlineWithinMs) + 15_000)
        stage.must(
          took !== undefined && took <= stage.within(offlineWithinMs),
          `A silent socket was taken for a present person for ${took === undefined ? 'ever' : `${Math.round(took / 1_000)} s`}.`,
        )
        const to = buyers.marta.email
        history.mails.push(...away.map((text) => ({ conversationId, to, text })))
        await mailNow(stage, conversationId)
        const isMailed = () => office.received.some((letter) => letter.to.includes(to))
        stage.must(
          (await until(isMailed, stage.within(mailWithinMs))) !== undefined,
          'Nobody wrote to the customer who was away.',
        )
        // Twice would be once too often.
        await mailNow(stage, conversationId)
        await stage.pause(2_000)
      })
      history.letters = office.received.map(({ headers, to, text }) => ({
        messageId: headers.get('message-id') ?? '',
        to: to[0] ?? '',
        conversationId,
        text,
        isSenderKilled: false,
      }))
      for (const { line } of [customer, gone]) line.release('lose')
    } finally {
      outside.mail.leadTo(undefined)
      await office.close()
    }
  },
}
