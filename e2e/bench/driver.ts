import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromDriver, Party, Question, Sending, Sent, ToDriver } from './driver-protocol.ts'
import { quantile } from './quantiles.ts'

const file = fileURLToPath(new URL('./driver-process.ts', import.meta.url))
const answerWithinMs = 180_000

export interface Driver {
  gather(party: Party): Promise<void>
  send(options: Sending): Promise<Sent>
  idle(options: { url: string; count: number; auth: object; from: string[] }): Promise<void>
  /** Milliseconds of each asking, there and back, and how many of them the server took. */
  time(times: number, question: Question): Promise<{ ms: number[]; serverMs: number[] }>
  stop(): Promise<void>
}

export async function startDriver(): Promise<Driver> {
  const child = fork(file, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await answerOf(child)

  async function ask(wanted: ToDriver): Promise<FromDriver> {
    const answer = answerOf(child)
    child.send(wanted)
    const heard = await answer
    if (heard.answer === 'failed') throw new Error(heard.reason)
    return heard
  }

  return {
    async gather(party) {
      await ask({ ask: 'gather', party })
    },
    async send(options) {
      const heard = await ask({ ask: 'send', ...options })
      if (heard.answer !== 'sent') throw new Error(`The clients answered ${heard.answer}.`)
      return heard.sent
    },
    async idle(options) {
      await ask({ ask: 'idle', ...options })
    },
    async time(times, question) {
      const heard = await ask({ ask: 'time', times, question })
      if (heard.answer !== 'timed') throw new Error(`The clients answered ${heard.answer}.`)
      const way = quantile(heard.emptyMs, 0.5) * question.length
      return { ms: heard.ms, serverMs: heard.ms.map((each) => Math.max(0, each - way)) }
    },
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function answerOf(child: ChildProcess): Promise<FromDriver> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(late)
      child.off('message', hear).off('exit', leave)
      end()
    }
    const hear = (heard: FromDriver) => settle(() => resolve(heard))
    const leave = () => settle(() => reject(new Error('The clients ended before they answered.')))
    const late = setTimeout(
      () => settle(() => reject(new Error('The clients did not answer in time.'))),
      answerWithinMs,
    )
    child.once('message', hear).once('exit', leave)
  })
}
