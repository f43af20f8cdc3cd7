import { describe, expect, it } from 'vitest'
import type { Author } from '../people.ts'
import type { EventPayloads, EventType } from '../protocol/events.ts'
import { type Conversation, evolve, type FoldedEvent } from './conversation.ts'
import { formerMember, withoutMember } from './former-member.ts'

const leaving = { memberId: 'mem_1', name: 'Priya Raman', party: 'support' } as const
const staying = { memberId: 'mem_2', name: 'Jonas Weber', party: 'support' } as const
const byLeaving: Author = { side: 'staff', party: 'support', id: 'mem_1', name: 'Priya Raman' }
const bySystem: Author = { side: 'system', party: 'system', id: 'erasure', name: 'Parley' }
const queue = { id: 'que_1', name: 'Support' }
const customer = { contactId: 'con_1', name: 'Marta', role: 'buyer', isVerified: true } as const

let minute = 0
function told<T extends EventType>(type: T, payload: EventPayloads[T], by: Author = byLeaving): FoldedEvent {
  minute += 1
  const at = new Date(Date.UTC(2026, 10, 26, 10, minute)).toISOString()
  return { conversationId: 'cnv_1', type, at, by, payload } as FoldedEvent
}
const fold = (events: readonly FoldedEvent[]) =>
  events.reduce<Conversation | null>((before, event) => evolve(before, event), null)

const story: FoldedEvent[] = [
  told(
    'conversationStarted',
    {
      with: { kind: 'support', name: 'Marlow' },
      about: {},
      customer,
      queue,
      topic: null,
      answers: [],
      isLeftMessage: false,
    },
    { side: 'customer', party: 'buyer', id: 'con_1', name: 'Marta' },
  ),
  told('offerMade', { to: leaving, untilAt: '2026-11-26T11:00:00.000Z' }, bySystem),
  told('assigned', { to: leaving, how: 'offered' }),
  told('messageSent', { messageId: 'msg_1', text: 'It is on its way', files: [] }),
  told('noteAdded', {
    noteId: 'not_1',
    text: '@Priya Raman and @Jonas Weber: who asks?',
    mentions: [leaving, staying],
  }),
  told('handRaised', { reason: 'Angry' }),
  told('takenOver', { moderator: staying, from: leaving }),
  told('handedBack', { moderator: staying, to: leaving }),
  told('moderatorJoined', { moderator: leaving }),
]

describe('what is left of an event when a member was erased', () => {
  it.each(story.map((event) => [event.type, event] as const))('of %s: all but their name', (_type, event) => {
    const left = withoutMember(event, leaving.memberId)
    const was = JSON.stringify(event)
    expect(JSON.stringify(left)).toBe(was.replaceAll('Priya Raman', formerMember))
    expect(withoutMember(left, leaving.memberId)).toEqual(left)
    expect(withoutMember(event, 'mem_absent')).toEqual(event)
  })

  it('what somebody wrote stays, their own name in it too, and so does a colleague of the same name', () => {
    const message = told('messageSent', { messageId: 'msg_2', text: 'Priya Raman here', files: [] })
    expect(withoutMember(message, leaving.memberId)).toMatchObject({
      by: { id: 'mem_1', name: formerMember },
      payload: { text: 'Priya Raman here' },
    })
    const namesake = told('assigned', { to: { ...staying, name: 'Priya Raman' }, how: 'taken' }, bySystem)
    expect(withoutMember(namesake, leaving.memberId)).toEqual(namesake)
  })
})

it('[E3] folding what is left gives what folding and then erasing gave, at every place', () => {
  const erased = told('memberErased', { memberId: 'mem_1' }, bySystem)
  for (let end = 1; end <= story.length; end += 1) {
    const until = story.slice(0, end)
    const lived = fold([...until, erased])
    expect(JSON.stringify(lived)).not.toContain('Priya')
    expect(fold([...until.map((event) => withoutMember(event, 'mem_1')), erased])).toEqual(lived)
    expect(lived).toEqual(withoutMember(fold(until), 'mem_1'))
  }
})
