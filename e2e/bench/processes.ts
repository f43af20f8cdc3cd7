import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts in ticks of this length on every Linux. */
const tickMs = 10

interface Stat {
  parent: number
  /** Own time and that of children that have ended. */
  cpuMs: number
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + (fields[at] ?? 0), 0)
    return { parent: fields[1] ?? 0, cpuMs: ticks * tickMs }
  } catch {
    return undefined
  }
}

/** CPU time of a process with all its threads. */
export function cpuMsOf(pid: number): number {
  const stat = statOf(pid)
  if (!stat) throw new Error(`Process ${pid} is not there.`)
  return stat.cpuMs
}

/** CPU time of a process and of what it started. */
export function familyCpuMsOf(pid: number): number {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((candidate) => candidate > 0 && statOf(candidate)?.parent === pid)
  return [pid, ...children].reduce((sum, each) => sum + (statOf(each)?.cpuMs ?? 0), 0)
}

export function residentBytesOf(pid: number): number {
  const kB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kB === undefined) throw new Error(`Process ${pid} is not there.`)
  return Number(kB) * 1024
}
