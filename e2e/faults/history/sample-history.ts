import { type Conversation, evolve } from '@parley/shared/conversation/conversation.ts'
import type { Author, ReaderKind } from '@parley/shared/people.ts'
import { type NewEvent, readerKindsOf, type WireEvent } from '@parley/shared/protocol/events.ts'
import { staffCanary } from './checks/leaks.ts'
import { projected } from './checks/lists.ts'
import { emptyHistory, type History, type StoredEvent } from './history.ts'

const conversationId = 'cnv_1'
const marta: Author = { side: 'customer', party: 'buyer', id: 'con_marta', name: 'Marta' }
const priya: Author = { side: 'staff', party: 'support', id: 'mem_priya', name: 'Priya' }

const facts: [Author, NewEvent][] = [
  [
    marta,
    {
      type: 'conversationStarted',
      payload: {
        with: { kind: 'support', name: 'Support' },
        about: {},
        customer: { contactId: marta.id, name: marta.name, role: 'buyer', isVerified: true },
        queue: { id: 'que_1', name: 'Support' },
        topic: null,
        answers: [],
        isLeftMessage: false,
      },
    },
  ],
  [
    priya,
    {
      type: 'assigned',
      payload: { to: { memberId: priya.id, name: priya.name, party: 'support' }, how: 'taken' },
    },
  ],
  [marta, said('one')],
  [priya, said('two', 'fil_bill')],
  [priya, { type: 'noteAdded', payload: { noteId: 'not_1', text: `${staffCanary} three`, mentions: [] } }],
  [marta, said('four')],
]

function said(text: string, ...fileIds: string[]): NewEvent {
  const files = fileIds.map((fileId) => ({
    fileId,
    name: 'bill.pdf',
    type: 'application/pdf',
    bytes: 9,
    hasThumbnail: false,
  }))
  return { type: 'messageSent', payload: { messageId: `msg_${text}`, text, files } }
}

/** A run in which everything went well: Marta on the customer's side, Priya and Daniel on the staff's, one conversation. */
export function sampleHistory(): History {
  const history = emptyHistory('sample', 1)
  const heads: Record<ReaderKind, number> = { customer: 0, vendor: 0, staff: 0 }
  history.stored = facts.map(([by, fact], at): StoredEvent => {
    const positions: StoredEvent['positions'] = { customer: null, vendor: null, staff: null }
    for (const reader of readerKindsOf(fact.type)) {
      heads[reader] += 1
      positions[reader] = heads[reader]
    }
    const requestId = `request-${at}`
    const event = {
      conversationId,
      position: at + 1,
      at: `2026-11-23T10:00:0${at}.000Z`,
      by,
      requestId,
      ...fact,
    }
    return {
      conversationId,
      seq: at + 1,
      positions,
      type: fact.type,
      actorId: by.id,
      requestId,
      requestPart: 0,
      event: event as WireEvent,
    }
  })
  history.clients = [
    { name: 'marta', reader: 'customer', actorId: marta.id },
    { name: 'priya', reader: 'staff', actorId: priya.id },
    { name: 'daniel', reader: 'staff', actorId: 'mem_daniel' },
  ]
  history.rights = history.clients.map(({ name: client }) => ({
    client,
    conversationId,
    from: 0,
    until: null,
  }))
  history.sent = facts.flatMap(([by, { type, payload }], at) =>
    type === 'messageSent' || type === 'noteAdded'
      ? [
          {
            requestId: `request-${at}`,
            client: by === marta ? 'marta' : 'priya',
            conversationId,
            text: payload.text,
            kind: type === 'noteAdded' ? ('note' as const) : ('message' as const),
            number: at,
            submittedAt: at * 1_000,
            result: 'ok' as const,
            endedAt: at * 1_000 + 20,
          },
        ]
      : [],
  )
  for (const { name, reader } of history.clients) {
    const events = projected(history.stored, reader)
    history.models.push({ client: name, conversationId, events, conversation: fold(events), pending: [] })
    for (const [index, event] of events.entries()) {
      const at = history.stored.findIndex(({ requestId }) => requestId === event.requestId) * 1_000 + 30
      history.frames.push({
        client: name,
        at,
        name: 'event',
        conversationId,
        event,
        text: JSON.stringify(event),
      })
      history.shown.push({ client: name, conversationId, at: at + 1, last: index + 1 })
    }
  }
  for (const node of ['node 1', 'node 2'])
    for (const reader of ['customer', 'staff'] as const) {
      const events = projected(history.stored, reader)
      history.readings.push({
        node,
        reader,
        conversationId,
        events,
        conversation: fold(events) as Conversation,
      })
    }
  const known = history.sent.filter(({ kind }) => kind === 'message').map(({ requestId }) => requestId)
  history.fetched.push({
    node: 'node 2',
    reader: 'staff',
    conversationId,
    startedAt: 9_000,
    requestIds: known,
  })
  history.acts.push({ action: 'member.disabled', requestId: 'disable-nils', result: 'ok' })
  history.audit.push({ action: 'member.disabled', requestId: 'disable-nils' })
  addSideEffects(history)
  return history
}

/** A shop's own system that is told, an answer by mail while Marta was away, and the one file there is. */
function addSideEffects(history: History): void {
  history.hooks = {
    types: ['messageSent'],
    fromSeq: { [conversationId]: 0 },
    received: history.stored
      .filter(({ type }) => type === 'messageSent')
      .map(({ seq, type }) => ({ id: `dlv_${seq}`, type, conversationId, position: seq, at: seq * 1_000 })),
  }
  const to = 'marta@studio.example'
  history.mails = [{ conversationId, to, text: 'two' }]
  history.letters = [
    { messageId: '<answer.two@shop>', to, conversationId, text: 'They wrote: two', isSenderKilled: false },
  ]
  history.uploads = [{ fileId: 'fil_bill', sha256: 'of the bill' }]
  history.downloads = ['node 1', 'node 2'].map((node) => ({
    fileId: 'fil_bill',
    node,
    status: 200,
    sha256: 'of the bill',
  }))
  history.blobs = [{ key: 'b111', hasRow: true }]
}

function fold(events: readonly WireEvent[]): Conversation | null {
  let folded: Conversation | null = null
  for (const event of events) folded = evolve(folded, event)
  return folded
}
