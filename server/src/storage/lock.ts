import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { CannotOpen } from './unavailable.ts'

export class FolderLocked extends CannotOpen {}

export type FolderLock = { holder: number | undefined; release(): Promise<void> }

type LockOptions = {
  logger: Logger
  /** Called when the lock is lost while we run: from then on another process may write. */
  onLost?: () => void
  flock?: string
}

/** `flock` says this and nothing else when another process holds the lock. */
const BUSY = 1
const PATIENCE_MS = 600
const BETWEEN_MS = 100

/**
 * One process per data folder. The lock belongs to a child that reads from us: the kernel drops it when we
 * end, however we end.
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<FolderLock> {
  const { logger, flock = 'flock' } = options
  const path = join(resolve(folder), 'parley.lock')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const onLost =
    options.onLost ??
    (() => {
      logger.fatal({ folder }, 'The lock on the data folder was lost. Stopping, so that nothing is damaged.')
      process.exit(1)
    })
  let held = await holdWithFlock(flock, path, onLost)
  // A process that was just killed needs a moment to be gone.
  for (const until = performance.now() + PATIENCE_MS; held === 'busy' && performance.now() < until; ) {
    await setTimeout(BETWEEN_MS)
    held = await holdWithFlock(flock, path, onLost)
  }
  if (held === 'busy') throw await lockedError(folder, path)
  if (held) {
    await writeFile(path, `${process.pid}\n`)
    return held
  }
  return holdWithFile(folder, `${path}.pid`)
}

/** Undefined where there is no `flock`. */
function holdWithFlock(flock: string, path: string, onLost: () => void) {
  return new Promise<FolderLock | 'busy' | undefined>((decide, fail) => {
    let released = false
    let said = ''
    // Detached: an interrupt typed in the terminal reaches the whole group, and the lock must outlive us.
    const child = spawn(flock, ['-n', path, 'sh', '-c', 'echo held; exec cat >/dev/null'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stdin.on('error', () => {})
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? decide(undefined) : fail(error),
    )
    child.once('close', (code) => {
      if (code === BUSY) decide('busy')
      else fail(new Error(`The data folder cannot be locked: ${said.trim() || `flock ended with ${code}`}.`))
    })
    child.stdout.once('data', () => {
      child.once('close', () => {
        if (!released) onLost()
      })
      child.unref()
      for (const pipe of [child.stdin, child.stdout, child.stderr])
        (pipe as unknown as { unref(): void }).unref()
      decide({
        holder: child.pid,
        async release() {
          released = true
          child.ref()
          child.stdin.end()
          await ended
        },
      })
    })
  })
}

/** Weaker than the kernel's lock: a crash leaves the file, so a process that no longer lives loses it. */
async function holdWithFile(folder: string, path: string): Promise<FolderLock> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(`${process.pid}\n`)
      await file.close()
      return { holder: process.pid, release: () => rm(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (isAlive(await readPid(path))) throw await lockedError(folder, path)
      await rm(path, { force: true })
    }
  }
  throw await lockedError(folder, path)
}

async function lockedError(folder: string, path: string) {
  const pid = await readPid(path)
  const holder = pid ? `process ${pid}` : 'another process'
  return new FolderLocked(
    `The data folder ${resolve(folder)} is in use by ${holder}. Stop it first, or set DATA_DIR to another folder.`,
  )
}

async function readPid(path: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10)
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

function isAlive(pid: number | undefined): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
