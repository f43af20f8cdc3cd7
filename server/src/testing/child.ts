import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Child = {
  pid: number
  /** Everything it has printed, line by line. */
  lines: string[]
  printed(line: string): Promise<void>
  say(line: string): void
  /** Ends it at once, as a power switch would, and waits until it is gone. */
  kill(): Promise<void>
}

/** Runs a TypeScript file of the server's sources as a process of its own. */
export function startChild(path: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const child: ChildProcessWithoutNullStreams = spawn(
    process.execPath,
    ['--import', 'tsx', `${root}/src/${path}`, ...args],
    { cwd: root, stdio: 'pipe', env: { ...process.env, ...env } },
  )
  const ended = once(child, 'close')
  const lines: string[] = []
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  return {
    pid: child.pid ?? 0,
    lines,
    say: (line) => void child.stdin.write(`${line}\n`),
    printed: (line) =>
      new Promise((resolve, reject) => {
        if (lines.includes(line)) return resolve()
        const look = () => {
          if (!lines.includes(line)) return
          reader.off('line', look)
          resolve()
        }
        reader.on('line', look)
        child.once('close', () =>
          reject(new Error(`The child ended before it printed ${line}: ${complaint}`)),
        )
      }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
