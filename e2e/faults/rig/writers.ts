import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { BareStage } from './stage.ts'
import type { FromWriters, ToWriters, Writer } from './writers-protocol.ts'

export interface Writers {
  /** What is written is recorded, and judged with all the rest. */
  write(perSecond: number, forMs: number): Promise<FromWriters>
  stop(): Promise<void>
}

const tabs = 3

/** Every customer of the crew writes from several tabs, all of one customer’s on one node, in a process of their own. */
export async function startWriters({ crew, site, recorder }: BareStage): Promise<Writers> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./writers-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  const next = async () => ((await once(child, 'message')) as [FromWriters])[0]
  const ask = (wanted: ToWriters) => {
    child.send(wanted)
    return next()
  }
  await next()
  const ports = site.ready()
  const writers = crew.talks.map(({ conversationId, customer }, at): Writer => {
    const visitorToken = customer.proof().authorization?.replace('Bearer ', '') ?? ''
    const auth = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey, visitorToken }
    const url = `http://127.0.0.1:${ports[at % ports.length]}`
    return { name: customer.name, conversationId, auth, url, tabs }
  })
  await ask({ connect: writers })
  return {
    async write(perSecond, forMs) {
      const told = await ask({ write: { perSecond, forMs } })
      for (const { name, takenAt, isRefused, sentAt, first: _first, ...wish } of told.messages)
        recorder.report({
          ...wish,
          client: name,
          kind: 'message',
          isAtOnce: true,
          submittedAt: recorder.since(sentAt),
          result: takenAt !== null ? 'ok' : isRefused ? 'failed' : 'unknown',
          endedAt: takenAt === null ? null : recorder.since(takenAt),
        })
      return told
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
