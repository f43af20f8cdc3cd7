import { type Chance, createChance } from '../../replay/chance.ts'
import { countOf, judge, type Verdict } from '../history/check.ts'
import type { End, History, Violation } from '../history/history.ts'
import { converge, readModels, readNodes } from './aftermath.ts'
import { type Crew, openCrew } from './crew.ts'
import { type Load, startLoad } from './load.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { Rig } from './rig.ts'
import type { Site } from './site.ts'
import { watchSlowdown } from './slowdown.ts'
import { openStore, type Store } from './store.ts'

/** What a scenario is played on. */
export interface Ground<Own> {
  /** What only scenarios of this ground have in their hands. */
  own: Own
  site: Site
  openStore(crew: Crew): Promise<Store>
  heal(): Promise<void>
  ends(): End[]
  /** What its servers logged, each after its name. */
  said(): string
}

/** What every scenario has in its hands. */
export interface BareStage {
  site: Site
  crew: Crew
  recorder: Recorder
  chance: Chance
  store: Store
  /** More than once where a scenario repeats its fault. */
  rounds: number
  load(perSecond: number, options?: Omit<Parameters<typeof startLoad>[1], 'perSecond'>): Load
  /** Nobody writes any more; what is on its way arrives. */
  stopLoads(): Promise<void>
  /** Does harm for as long as `work` takes. */
  fault<Result>(what: string, work: () => Promise<Result>): Promise<Result>
  /** Something beside the promises that has to be so. */
  must(isSo: boolean, sentence: string, evidence?: unknown): void
  pause(ms: number): Promise<void>
  /** A limit as it is on this machine, with all that runs on it beside us. */
  within(ms: number): number
}

export type Stage = BareStage & Rig

export interface Scenario<Own = Rig> {
  id: string
  title: string
  /** How many conversations it is played in. */
  talks?: number
  /** How often its fault is repeated unless told. */
  rounds?: number
  play(stage: BareStage & Own): Promise<void>
}

export interface Outcome extends Verdict {
  id: string
  title: string
  seed: number
  operations: number
  faults: number
  convergeSeconds: number
  violations: Violation[]
  history: History
  said: string
}

const convergeWithinMs = 30_000

/** Plays one scenario, heals, reads everything from everywhere, and judges. */
export async function perform<Own>(
  ground: Ground<Own>,
  scenario: Scenario<Own>,
  options: { seed: number; rounds: number | undefined },
): Promise<Outcome> {
  const { seed, rounds = scenario.rounds ?? 2 } = options
  const { site } = ground
  const since = new Date()
  const recorder = createRecorder(scenario.id, seed)
  const chance = createChance(seed)
  const crew = await openCrew({ site, recorder, chance }, scenario.talks ?? 10)
  const store = await ground.openStore(crew)
  const slowdown = watchSlowdown()
  const loads: Load[] = []
  const own: Violation[] = []
  const stage: BareStage & Own = {
    ...ground.own,
    site,
    crew,
    recorder,
    chance,
    store,
    rounds,
    load(perSecond, more) {
      const load = startLoad({ crew, recorder, chance }, { perSecond, ...more })
      loads.push(load)
      return load
    },
    stopLoads: async () => void (await Promise.all(loads.map((load) => load.stop()))),
    fault: recorder.fault,
    must(isSo, sentence, evidence) {
      if (!isSo) own.push({ invariant: 'own', sentence, evidence: [evidence ?? null] })
    },
    within: (ms) => ms * slowdown.now(),
    pause: (ms) => new Promise((next) => setTimeout(next, ms)),
  }
  try {
    await scenario.play(stage)
    await ground.heal()
    for (const person of crew.everybody()) {
      person.line.release()
      person.line.delay(null)
      person.line.throttle(null)
      person.pin = null
    }
    await Promise.all(loads.map((load) => load.stop()))
    const convergeSeconds = await converge(crew, store.heads, stage.within(convergeWithinMs))
    const { history } = recorder
    history.slowdown = slowdown.now()
    Object.assign(
      history,
      await store.read(
        crew.talks.map(({ conversationId }) => conversationId),
        since,
      ),
    )
    await readNodes(recorder, site, crew)
    await readModels(recorder, crew)
    history.ends = ground.ends()
    history.frames = history.frames.filter(({ client, conversationId }) =>
      isOfThisRun(history, client, conversationId),
    )
    const violations = [...judge(history), ...own]
    return {
      id: scenario.id,
      title: scenario.title,
      seed,
      operations: history.sent.length + history.fetched.length + history.acts.length,
      faults: history.faults.length,
      convergeSeconds,
      violations,
      history,
      said: ground.said(),
      ...countOf(history, violations),
    }
  } finally {
    slowdown.stop()
    await ground.heal()
    await Promise.all(loads.map((load) => load.stop()))
    await crew.close()
    await store.close()
  }
}

/** Members also hear of conversations of earlier runs on the same nodes; a customer who did would be a leak. */
function isOfThisRun({ clients, rights }: History, client: string, conversationId: string | null): boolean {
  if (conversationId === null || clients.find(({ name }) => name === client)?.reader === 'customer')
    return true
  return rights.some((right) => right.conversationId === conversationId)
}

/** A cluster as a ground, with the store read past every node. */
export function onRig(rig: Rig): Ground<Rig> {
  const { cluster } = rig
  return {
    own: rig,
    site: { origin: cluster.publicUrl, ready: () => cluster.balancer?.ready() ?? [], proofs: rig.proofs },
    openStore: () => openStore(rig.storeUrl),
    heal: rig.heal,
    ends: () => cluster.ends(),
    said: () => cluster.nodes.map((node, at) => `node ${at + 1}\n${node.said()}`).join('\n'),
  }
}
