import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import type { Backups } from './schedule.ts'
import type { Taken } from './take-backup.ts'

/** Where somebody with access to the data folder asks the running server for a backup: nobody else can reach it. */
const doorOf = (dataDir: string) => join(dataDir, 'parley.sock')
/** The kernel's limit for such an address, with room for its end. */
const longestAddress = 100

type Answer = { taken: Taken } | { reason: string }

export async function openDoor(
  dataDir: string,
  backups: Pick<Backups, 'take'>,
  logger: Logger,
): Promise<{ close(): Promise<void> }> {
  const path = doorOf(dataDir)
  if (Buffer.byteLength(path) > longestAddress) {
    logger.warn(
      { path },
      'The path of the data folder is too long: backups can be asked for only while it is stopped.',
    )
    return { async close() {} }
  }
  // The folder's lock is ours: whatever lies there was left by a process that is gone.
  await rm(path, { force: true })
  const server = createServer((socket) => void answer(socket, backups)).listen(path)
  await once(server, 'listening')
  await chmod(path, 0o600)
  return {
    async close() {
      server.close()
      await rm(path, { force: true })
    },
  }
}

async function answer(socket: Socket, backups: Pick<Backups, 'take'>): Promise<void> {
  socket.on('error', () => {})
  const [line] = await once(createInterface({ input: socket }), 'line').catch(() => [''])
  if (line !== 'backup') return void socket.destroy()
  const said: Answer = await backups.take().then(
    (taken) => ({ taken }),
    (error: Error) => ({ reason: error.message }),
  )
  socket.end(`${JSON.stringify(said)}\n`)
}

/** Throws ENOENT or ECONNREFUSED when no server is there. */
export async function askForBackup(dataDir: string): Promise<Taken> {
  const socket = createConnection(doorOf(dataDir))
  try {
    await once(socket, 'connect')
    socket.write('backup\n')
    const [line] = (await Promise.race([
      once(createInterface({ input: socket }), 'line'),
      once(socket, 'close').then(() => ['']),
    ])) as [string]
    const said: Answer = line === '' ? { reason: 'the server ended meanwhile' } : JSON.parse(line)
    if ('reason' in said) throw new Error(`The backup could not be taken: ${said.reason}.`)
    return said.taken
  } finally {
    socket.destroy()
  }
}
