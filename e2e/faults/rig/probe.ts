import type { Person } from './person.ts'
import type { BareStage } from './stage.ts'

/** “Try again” must come by then, and work must go on this soon after the database is back. */
const refuseWithinMs = 3_000
const backWithinMs = 10_000
/** What timers and a busy machine add. */
const toleranceMs = 700

let probes = 0

/** One send that is not repeated: what a node says of it, and how long it took to say so. */
export async function probe(
  person: Person,
  conversationId: string,
): Promise<{ isOk: boolean; code: string; ms: number }> {
  probes += 1
  const from = performance.now()
  const outcome = await person.once('sendMessage', {
    requestId: `probe-${process.pid}-${probes}`,
    conversationId,
    text: `probe ${probes}`,
  })
  return { isOk: outcome.ok, code: outcome.ok ? '' : outcome.refusal.code, ms: performance.now() - from }
}

export async function refusesSoon(
  stage: BareStage,
  person: Person,
  conversationId: string,
  when: string,
): Promise<void> {
  const { isOk, code, ms } = await probe(person, conversationId)
  stage.must(!isOk, `A message was acknowledged ${when}.`)
  stage.must(code === 'unavailable', `A message was refused as ${code} ${when}.`)
  stage.must(
    ms <= stage.within(refuseWithinMs + toleranceMs),
    `“Try again” took ${Math.round(ms)} ms ${when}.`,
  )
}

export async function worksAgain(
  stage: BareStage,
  person: Person,
  conversationId: string,
  when: string,
): Promise<void> {
  const from = performance.now()
  while (performance.now() - from < stage.within(backWithinMs)) {
    if ((await probe(person, conversationId)).isOk) return
    await stage.pause(200)
  }
  stage.must(false, `No message was acknowledged within ${backWithinMs / 1_000} s ${when}.`)
}
