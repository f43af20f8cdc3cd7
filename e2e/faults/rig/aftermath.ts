import type { ReaderKind } from '@parley/shared/people.ts'
import type { Crew, Talk } from './crew.ts'
import type { Person } from './person.ts'
import type { Recorder } from './recorder.ts'
import { type Proof, readAll, type Site } from './site.ts'

const lookEveryMs = 100

/** Waits until every screen shows all there is and nothing is on its way, or the patience ends; answers how long it took. */
export async function converge(
  crew: Crew,
  heads: () => Promise<Map<string, Record<ReaderKind, number>>>,
  patienceMs: number,
): Promise<number> {
  const from = performance.now()
  for (;;) {
    const known = await heads().catch(() => undefined)
    const isDone =
      known &&
      crew.everybody().every((person) => person.followed().every((id) => isLevel(person, id, known.get(id))))
    const took = performance.now() - from
    if (isDone || took > patienceMs) return took / 1_000
    await new Promise((next) => setTimeout(next, lookEveryMs))
  }
}

function isLevel(
  person: Person,
  conversationId: string,
  head: Record<ReaderKind, number> | undefined,
): boolean {
  const { events, pending, refusal } = person.feed(conversationId).get()
  if (refusal) return true
  return (
    pending.every(({ state }) => state === 'refused') &&
    (events.at(-1)?.position ?? 0) === head?.[person.reader]
  )
}

/** What each screen holds, from its first event on. */
export async function readModels(recorder: Recorder, crew: Crew): Promise<void> {
  for (const person of crew.everybody())
    for (const conversationId of person.followed()) {
      const feed = person.feed(conversationId)
      while (!feed.get().isComplete && feed.get().refusal === null) await feed.loadEarlier()
      const { events, conversation, pending, refusal } = feed.get()
      if (refusal) continue
      recorder.history.models.push({ client: person.name, conversationId, events, conversation, pending })
    }
  // What a screen shows was sent, whether or not its acknowledgement arrived.
  for (const wish of recorder.history.sent) {
    if (wish.result !== 'unknown') continue
    const seen = recorder.history.models.some(
      ({ client, events }) =>
        client === wish.client && events.some(({ requestId }) => requestId === wish.requestId),
    )
    if (seen) wish.result = 'ok'
  }
}

/** Every conversation as every node tells it to each kind of reader. */
export async function readNodes(recorder: Recorder, site: Site, crew: Crew): Promise<void> {
  const proofs = (talk: Talk): [ReaderKind, Proof][] => [
    ['staff', crew.members.daniel.proof()],
    ...(talk.isErased ? [] : ([['customer', talk.customer.proof()]] as [ReaderKind, Proof][])),
    ...(talk.vendorId === null ? [] : ([['vendor', talk.answers.proof()]] as [ReaderKind, Proof][])),
  ]
  for (const [at, port] of site.ready().entries())
    await Promise.all(
      crew.talks.flatMap((talk) =>
        proofs(talk).map(async ([reader, proof]) => {
          const { conversationId } = talk
          const read = await readAll(site, port, conversationId, proof)
          recorder.history.readings.push({ node: `node ${at + 1}`, reader, conversationId, ...read })
        }),
      ),
    )
}
