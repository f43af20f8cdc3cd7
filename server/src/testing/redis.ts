import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createConnection } from 'node:net'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'
import { waitFor } from './wait-for.ts'

export interface TestRedis {
  url: string
  port: number
  start(): Promise<void>
  stop(): Promise<void>
  readonly isRunning: boolean
  /** Connections stay open and nothing answers, as when a network swallows packets. */
  freeze(): void
  thaw(): void
  /** One command, and its answer as it is on the wire. */
  ask(command: string): Promise<string>
}

/** Debian's own, or the one that is named; nothing where there is none. */
export function findRedis(env = process.env): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const named = env.REDIS_SERVER_PATH
  const candidates = named
    ? [named]
    : ['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** A real Redis that keeps nothing, on a free port, gone with the process that started it; `without` some commands, as an older one. */
export async function startRedis({ without = [] }: { without?: readonly string[] } = {}): Promise<TestRedis> {
  const program = findRedis()
  if (!program) throw new Error('There is no redis-server.')
  const port = await freePort()
  let running: { pid: number; end(): Promise<void> } | undefined

  async function start(): Promise<void> {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    for (const command of without) flags.push('--rename-command', command, '')
    // The shell waits for the end of our pipe, so the server never outlives us, however we end.
    const script = '"$@" >/dev/null 2>&1 <&- & pid=$!; echo $pid; cat >/dev/null; kill -KILL $pid; wait $pid'
    const shell = spawn('sh', ['-c', script, 'sh', program as string, ...flags], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const ended = once(shell, 'close')
    const [line] = (await once(createInterface({ input: shell.stdout }), 'line')) as [string]
    running = {
      pid: Number(line),
      async end() {
        shell.stdin.end()
        await ended
      },
    }
    await waitFor(() =>
      ask('PING').then(
        (answer) => answer === '+PONG',
        () => false,
      ),
    )
  }

  async function ask(command: string): Promise<string> {
    const socket = createConnection(port, '127.0.0.1')
    try {
      socket.write(`${command}\r\n`)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      return answer.toString().trimEnd()
    } finally {
      socket.destroy()
    }
  }

  function signal(name: NodeJS.Signals): void {
    if (running) process.kill(running.pid, name)
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    get isRunning() {
      return running !== undefined
    },
    async stop() {
      await running?.end()
      running = undefined
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    ask,
  }
}
