import { newRequestId } from '@parley/shared/client/request-id.ts'
import { quantile } from '../../bench/quantiles.ts'
import { type Person, signInAs } from '../rig/person.ts'
import type { Scenario, Stage } from '../rig/stage.ts'

const watchers = 50
const perSecond = 200
const hotForMs = 8_000
const othersWithinMs = 1_000

export const hotConversation: Scenario = {
  id: 'F24',
  title: 'one conversation with 50 watchers and 200 messages a second, and one person beyond their limit',
  async play(stage) {
    const { crew, recorder, chance } = stage
    const [hot, ...calm] = crew.talks.filter(({ vendorId }) => vendorId === null)
    if (!hot) throw new Error('Nobody talks to support.')
    const { conversationId, customer, answers } = hot
    const watching = await Promise.all(
      Array.from({ length: watchers }, async (_, at) => {
        const who = at % 2 === 0 ? 'daniel' : 'ines'
        const screen = await crew.add(
          signInAs(crew.options, who, `${who}-watches-${at}`, crew.members[who].proof()),
        )
        for (const talk of crew.talks) recorder.entitle(screen.name, talk.conversationId)
        screen.follow(conversationId)
        return screen
      }),
    )
    stage.load(10, { cuts: false, talks: calm })
    await stage.pause(1_000)
    await stage.fault('200 messages a second', async () => {
      const from = performance.now()
      let count = 0
      while (performance.now() - from < hotForMs) {
        for (const due = ((performance.now() - from) / 1_000) * perSecond; count < due; count += 1)
          (chance.happens(0.5) ? customer : answers).say(conversationId, `hot ${count}`)
        await stage.pause(5)
      }
      stage.must(watching.length === watchers, 'Not everybody watches.')
    })
    const elsewhere = recorder.ackMs((wish) => wish.conversationId !== conversationId)
    const p99 = quantile(elsewhere, 0.99)
    stage.must(p99 < stage.within(othersWithinMs), `Others waited ${Math.round(p99)} ms (p99).`)
    await stage.fault('one person beyond their limit', () => beyondTheLimit(stage, customer, conversationId))
  },
}

const burst = 4_000

/** Says more than anybody may until told so, and how long to wait; what is said after that wait is taken. */
async function beyondTheLimit(stage: Stage, person: Person, conversationId: string): Promise<void> {
  const flood = { isRefused: false, reason: '', retryAfterMs: 0 }
  for (let sent = 0; sent < burst && !flood.isRefused; sent += 50) {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () =>
        // Malformed on purpose: it counts, and leaves nothing to be judged.
        person.once('sendMessage', { requestId: newRequestId(), conversationId, text: '' }),
      ),
    )
    for (const outcome of outcomes)
      if (!outcome.ok && outcome.refusal.code === 'rateLimited') {
        const { reason = '', retryAfterMs = 0 } = outcome.refusal
        Object.assign(flood, { isRefused: true, reason, retryAfterMs })
      }
  }
  stage.must(
    flood.isRefused && flood.reason.startsWith('limit.') && flood.retryAfterMs > 0,
    'Whoever went beyond the limit was not told so, and how long to wait.',
    flood,
  )
  person.say(conversationId, 'after the limit')
}
