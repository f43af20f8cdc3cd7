import { chmodSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

/** A run has up to 2 GB of files at the same time, and browsers and databases beside them. */
const roomBytes = 8 * 1024 ** 3

/** @typedef {{ mounts: string, freeBytes: number, memoryBytes: number }} Machine */

/**
 * Where Linux keeps files in memory, if they fit and programs may be run from there. A run makes a hundred databases of
 * three hundred files each and throws them away: on a disk that takes a minute longer.
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export function findMemoryFolder(machine = thisMachine()) {
  const [, folder, type, options = ''] =
    machine.mounts
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, where]) => where === '/dev/shm') ?? []
  const words = options.split(',')
  const isOpen = type === 'tmpfs' && words.includes('rw') && !words.includes('noexec')
  const hasRoom = machine.freeBytes >= roomBytes && machine.memoryBytes >= roomBytes
  return isOpen && hasRoom ? folder : undefined
}

/**
 * A folder of its own there, as open to every user as the one for temporary files: PostgreSQL does not run as root.
 * @returns {string | undefined}
 */
export function makeMemoryFolder() {
  const within = findMemoryFolder()
  if (!within) return undefined
  const folder = mkdtempSync(join(within, 'parley-tests-'))
  chmodSync(folder, 0o1777)
  return folder
}

/** @returns {Machine} */
function thisMachine() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    const mounts = readFileSync('/proc/mounts', 'utf8')
    return { mounts, freeBytes: bavail * bsize, memoryBytes: freemem() }
  } catch {
    return { mounts: '', freeBytes: 0, memoryBytes: 0 }
  }
}
