import type { Actor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { createLog } from '../conversations/index.ts'
import { sealOf } from '../identity/index.ts'
import { originalContext } from '../moderation/index.ts'
import { type Story, said, wishIn } from './story.ts'
import { waitFor } from './wait-for.ts'

/**
 * An admin moderates while a moderator goes on watching unseen: messages of both sides are held, flagged, released,
 * rejected, masked, restored and redacted; somebody whispers, joins, leaves, holds, takes over and hands back.
 */
export async function moderate(story: Story): Promise<void> {
  const { ines, daniel, elin, anonymous } = story.everybody
  const { conversationId } = story
  const wish = () => wishIn(story)
  const reason = said.moderatorsReason
  await foundByRules(story)
  const { head } = await ines.person.ask('readConversation', { conversationId, limit: 1 })
  const feed = story.feeds.get('ines')
  await ines.person.ask('addNote', { ...wish(), text: 'Looking into it' })
  await waitFor(() => (feed?.get().events.length ?? 0) > head)

  await ines.person.ask('rejectMessage', { ...wish(), messageId: 'held-1', reason, words: said.vendorTold })
  await ines.person.ask('rejectMessage', { ...wish(), messageId: 'held-2', reason, words: said.customerTold })
  await ines.person.ask('releaseMessage', { ...wish(), messageId: 'held-3', reason })
  await ines.person.ask('restoreMessage', { ...wish(), messageId: 'masked-1', reason })
  await ines.person.ask('resolveFlags', { ...wish(), messageId: 'masked-1', verdict: 'dismissed', reason })
  const sent = await elin.person.ask('sendMessage', { ...wish(), text: said.redacted })
  await waitFor(() => JSON.stringify(feed?.get().events).includes(said.redacted))
  await ines.person.ask('redactMessage', { ...wish(), messageId: sent.messageId, reason })

  await anonymous.person.ask('reportConversation', { ...wish(), reason: said.report })
  await daniel.person.ask('raiseHand', { ...wish(), reason: said.handReason })
  await ines.person.ask('lowerHand', wish())
  await ines.person.ask('whisper', { ...wish(), text: said.whisper, reason })
  await ines.person.ask('joinConversation', { ...wish(), reason })
  await ines.person.ask('sendMessage', { ...wish(), text: said.moderatorsWord })
  await ines.person.ask('leaveConversation', { ...wish(), reason })
  await ines.person.ask('startHolding', { ...wish(), reason })
  await elin.person.ask('sendMessage', { ...wish(), text: said.heldByHand })
  await ines.person.ask('stopHolding', { ...wish(), reason })
  await ines.person.ask('takeOverConversation', { ...wish(), reason })
  const late = await elin.bySocket('sendMessage', { ...wish(), text: said.afterTakeover })
  if (late.ok) throw new Error('The vendor wrote after the takeover')
  await ines.person.ask('blockCustomer', { ...wish(), reason })
  await ines.person.ask('unblockCustomer', { ...wish(), reason })
  await ines.person.ask('handBackConversation', { ...wish(), reason })
}

/** What rules write when they recognise something: straight into the log. */
async function foundByRules({ site, everybody, conversationId }: Story): Promise<void> {
  const { parts } = site.world
  const log = createLog({
    database: parts.database,
    clock: parts.clock,
    companions: [],
    onFault: (error) => {
      throw error
    },
  })
  const system: Actor = { kind: 'system', siteId: everybody.elin.actor.siteId, rule: 'terms' }
  const masked = { conversationId, messageId: 'masked-1' }
  const sealed = sealOf(parts.config).close(said.original, originalContext(masked))
  const held = (messageId: string, text: string) => ({ messageId, text, files: [], why: ['phone'] })
  const found: [Actor, NewEvent][] = [
    [everybody.elin.actor, { type: 'vendorMessageHeld', payload: held('held-1', said.vendorsHeld) }],
    [everybody.anonymous.actor, { type: 'customerMessageHeld', payload: held('held-2', said.customersHeld) }],
    [everybody.elin.actor, { type: 'vendorMessageHeld', payload: held('held-3', said.released) }],
    [
      everybody.elin.actor,
      { type: 'messageSent', payload: { messageId: 'masked-1', text: '••• •••', files: [] } },
    ],
    [system, { type: 'originalKept', payload: { messageId: 'masked-1', sealed } }],
    [
      system,
      {
        type: 'messageFlagged',
        payload: {
          messageId: 'masked-1',
          flags: [{ kind: said.flagKind, rule: 'rule-1', certainty: 1 }],
          ruleVersion: 1,
        },
      },
    ],
  ]
  for (const [actor, event] of found)
    await log.append({
      actor,
      conversationId,
      requestId: null,
      content: null,
      decide: () => [event],
    })
}
