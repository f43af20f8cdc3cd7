import { performEmbedded } from './rig/embedded.ts'
import { type Rig, type RigOptions, startRig } from './rig/rig.ts'
import { type Outcome, onRig, perform, type Scenario } from './rig/stage.ts'
import { asleep } from './scenarios/asleep.ts'
import { hotConversation } from './scenarios/crowds.ts'
import { rollingDeploy } from './scenarios/deploy.ts'
import { onOneFolder } from './scenarios/embedded.ts'
import {
  clockOffsets,
  failPoints,
  killedBeforeAck,
  killedBeforeBroadcast,
  skewedClocks,
} from './scenarios/fail-points.ts'
import { failover } from './scenarios/failover.ts'
import { onThreeNodes } from './scenarios/index.ts'
import { mailChaos } from './scenarios/mail.ts'
import { saturated } from './scenarios/saturation.ts'
import { silentSocket } from './scenarios/silence.ts'
import { uploadChaos } from './scenarios/uploads.ts'
import { webhookDown } from './scenarios/webhooks.ts'

type Seeded = { seed: number; rounds: number | undefined }

export interface Suites {
  perform(id: string, options: Seeded): Promise<Outcome>
  stop(): Promise<void>
}

const outside: RigOptions = { hasOutside: true }

/** What is played on three nodes that are made for it. */
const onTheirOwn: readonly { scenario: Scenario; rig: RigOptions }[] = [
  { scenario: rollingDeploy, rig: {} },
  { scenario: killedBeforeAck, rig: failPoints },
  { scenario: killedBeforeBroadcast, rig: failPoints },
  { scenario: skewedClocks, rig: { ...failPoints, envOf: clockOffsets, until: '/healthz' } },
  { scenario: silentSocket, rig: outside },
  { scenario: webhookDown, rig: outside },
  { scenario: mailChaos, rig: outside },
  { scenario: uploadChaos, rig: outside },
  // The demo shop keeps who is signed in by process.
  { scenario: asleep, rig: { nodes: 1 } },
  { scenario: saturated, rig: { isDirect: true } },
  // What it leaves behind is another database.
  { scenario: failover, rig: { nodes: 3 } },
  { scenario: hotConversation, rig: { env: { RATE_LIMIT_FACTOR: '200' } } },
]

export const scenarioIds: readonly string[] = [
  ...onThreeNodes.map(({ id }) => id),
  ...onTheirOwn.map(({ scenario }) => scenario.id),
  ...onOneFolder.map(({ id }) => id),
]

/** Starts what a scenario is played on, and keeps it for the next as long as that needs the same. */
export function startSuites(): Suites {
  let current: { options: RigOptions; rig: Promise<Rig> } | undefined
  const plain: RigOptions = {}

  async function stop(): Promise<void> {
    const stopping = current
    current = undefined
    await (await stopping?.rig.catch(() => undefined))?.stop()
  }

  async function on(options: RigOptions, scenario: Scenario, seeded: Seeded): Promise<Outcome> {
    if (current?.options !== options) {
      await stop()
      current = { options, rig: startRig(options) }
    }
    const rig = await current.rig.catch((error: unknown) => {
      // The next scenario tries anew.
      current = undefined
      throw error
    })
    return perform(onRig(rig), scenario, seeded)
  }

  return {
    async perform(id, seeded) {
      const shared = onThreeNodes.find((scenario) => scenario.id === id)
      if (shared) return on(plain, shared, seeded)
      const own = onTheirOwn.find(({ scenario }) => scenario.id === id)
      if (own) return on(own.rig, own.scenario, seeded)
      const embedded = onOneFolder.find((scenario) => scenario.id === id)
      if (!embedded) throw new Error(`There is no scenario ${id}.`)
      await stop()
      return performEmbedded(embedded, seeded)
    },
    stop,
  }
}
