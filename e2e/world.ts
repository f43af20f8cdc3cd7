import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { copyFolder } from '@parley/server/src/testing/copy-folder.ts'
import { freshPostgresUrl } from '@parley/server/src/testing/database.ts'
import { freePort } from '@parley/server/src/testing/free-port.ts'
import { type Browser, chromium } from 'playwright'
import { findProgram, programs } from './scripts/programs.mjs'

export interface WorldOptions {
  /** On top of a clean environment: nothing of the shell's own settings reaches the server. */
  env?: Record<string, string>
  /** A folder of an earlier world, to start again on what it left. */
  dataDir?: string
  /** On a copy of what tests have begun on: what is about neither engine takes the quicker one. */
  engine?: 'embedded' | 'postgres'
  /** Begins on nothing, as a newcomer does: slower than on a copy of a folder that has been begun on. */
  isFirstStart?: boolean
  /** `built` is what `npm start` runs; `source` needs no build. */
  from?: 'built' | 'source'
  /** On the copy, before it starts. */
  fill?: (where: { dataDir: string; databaseUrl: string | undefined }) => Promise<void>
  /** Another program in place of the server's own, from source. */
  program?: string | undefined
  /** A node that is not to be ready, as one with a wrong clock, is waited for until it lives. */
  until?: '/readyz' | '/healthz' | undefined
  /** Flags for node itself, such as those of a profile. */
  nodeFlags?: readonly string[]
}

export interface World {
  url: string
  port: number
  pid: number
  dataDir: string
  /** Everything it has written to the terminal so far. */
  said(): string
  hasEnded(): boolean
  /** As a person would: the exit code, and a folder we made is gone. */
  stop(): Promise<number | null>
  /** As a power supply would, except that the disk keeps what it was given. */
  kill9(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const readyWithinMs = 120_000
const stopWithinMs = 30_000
const running = new Set<ChildProcess>()
const folders = new Set<string>()

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A whole Parley in a process of its own, on a free port, with a folder of its own; ready when this resolves. */
export async function startParley({
  env = {},
  dataDir,
  engine = 'embedded',
  isFirstStart = 'NODE_ENV' in env || 'DATABASE_URL' in env,
  from = 'built',
  fill,
  program,
  until = '/readyz',
  nodeFlags = [],
}: WorldOptions = {}): Promise<World> {
  const port = Number(env.PORT ?? (await freePort()))
  const url = env.PUBLIC_URL ?? `http://localhost:${port}`
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'parley-world-'))
  if (!dataDir) folders.add(folder)
  const begun = process.env.BEGUN_FOLDER
  const copied: Record<string, string> = {}
  if (!dataDir && !isFirstStart && begun) {
    await copyFolder(join(begun, engine), folder)
    if (engine === 'postgres') copied.DATABASE_URL = await freshPostgresUrl(process.env.BEGUN_DATABASE)
  }
  await fill?.({ dataDir: folder, databaseUrl: copied.DATABASE_URL })

  const kept = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LOG_LEVEL: 'warn' }
  const child = spawn(
    process.execPath,
    [...nodeFlags, ...(program ? ['--import', 'tsx', program] : programOf(from))],
    {
      cwd: root,
      env: { ...kept, PORT: String(port), DATA_DIR: folder, ...copied, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  running.add(child)
  const ended = once(child, 'close').finally(() => running.delete(child))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  await untilReady(`http://127.0.0.1:${port}${until}`, child, () => said, `${url}/console/`)

  return {
    url,
    port,
    pid: child.pid ?? 0,
    dataDir: folder,
    said: () => said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      const [code] = await ended
      clearTimeout(late)
      if (!dataDir && folders.delete(folder)) rmSync(folder, { recursive: true, force: true })
      return code
    },
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function programOf(from: 'built' | 'source'): string[] {
  if (from === 'source') return ['--import', 'tsx', join(root, 'server/src/main.ts')]
  const main = join(root, 'server/dist/main.js')
  if (!existsSync(main)) throw new Error('Parley is not built. Run: npm run build')
  return ['--enable-source-maps', main]
}

/** Its own greeting counts: another Parley on the same port would be ready too. */
async function untilReady(url: string, child: ChildProcess, said: () => string, greeting: string) {
  const lastAt = performance.now() + readyWithinMs
  while (performance.now() < lastAt) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `Parley ended with ${child.exitCode ?? child.signalCode} instead of starting:\n${said()}`,
      )
    }
    if (said().includes(greeting) && (await fetch(url).catch(() => undefined))?.ok) return
    await wait(50)
  }
  child.kill('SIGKILL')
  throw new Error(`Parley was not ready after ${readyWithinMs / 1000} s:\n${said()}`)
}

/** For each window Chromium loads two pages of its own, for an address bar nobody sees: half of what a journey costs. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup']
/** Processes that most journeys pay for and show nothing of. */
const isolation = ['IsolateOrigins', 'site-per-process']
/** A page of a journey is gone before its code has run often enough to be worth the optimizing compilers: with axe a fifth. */
const compilers = '--js-flags=--no-opt --no-maglev'
/** Only the last list on the command line counts, so what Playwright leaves out of a browser is named again. */
const leftOut = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

export interface BrowserOptions {
  /** Pages left are thrown away by default; people's browsers keep them for the way back. */
  keepsPages?: boolean
  /** All of Chromium: its shell, which takes less, shows no notification and keeps no page. */
  isWhole?: boolean
  /** A process for each origin, as people's browsers have: for what is about pages of two origins. */
  isolatesOrigins?: boolean
}

/** Chromium of the system, quiet: it asks nobody for updates or lists while a test looks at the wire. */
export async function openBrowser({
  keepsPages = false,
  isWhole = keepsPages,
  isolatesOrigins = isWhole,
}: BrowserOptions = {}): Promise<Browser> {
  const named = process.env[programs.chromium.setting]
  const shell = isWhole || named ? undefined : findProgram(programs.chromiumShell)
  const executablePath = shell ?? findProgram(programs.chromium)
  if (!executablePath) throw new Error(`${programs.chromium.advice}.`)
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath,
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(isolatesOrigins ? [] : ['--disable-site-isolation-trials']),
      ...(isWhole ? [] : [compilers]),
      `--disable-features=${[...leftOut, ...addressBar, ...(isolatesOrigins ? [] : isolation)].join()}`,
    ],
  })
}
