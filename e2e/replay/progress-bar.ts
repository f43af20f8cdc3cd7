import type { Progress } from './run-replay.ts'

export interface ProgressBar {
  show(progress: Progress): void
  end(): void
}

const width = 24
const everyMs = 100

/** On a terminal one line that grows; in a log one line for each tenth of the way. */
export function createProgressBar(
  out: NodeJS.WriteStream,
  total: { conversations: number; turns: number },
): ProgressBar {
  let shownAt = Number.NEGATIVE_INFINITY
  let tenth = -1
  const number = (value: number) => value.toLocaleString('en')

  function line({ conversations, turns, cuts }: Progress): string {
    const full = Math.round((width * turns) / Math.max(1, total.turns))
    return (
      `${'█'.repeat(full)}${'░'.repeat(width - full)} ${number(turns)} of ${number(total.turns)} turns, ` +
      `${number(conversations)} of ${number(total.conversations)} conversations, ${number(cuts)} cuts`
    )
  }

  return {
    show(progress) {
      if (out.isTTY) {
        const isLast = progress.conversations === total.conversations
        if (!isLast && performance.now() - shownAt < everyMs) return
        shownAt = performance.now()
        out.write(`\r\u001B[K${line(progress)}`)
        return
      }
      const now = Math.floor((10 * progress.conversations) / Math.max(1, total.conversations))
      if (now === tenth) return
      tenth = now
      out.write(`${line(progress)}\n`)
    },
    end() {
      if (out.isTTY) out.write('\n')
    },
  }
}
