import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { marlow } from '@parley/server/src/demo/cast.ts'
import { freePort } from '@parley/server/src/testing/free-port.ts'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, startParley, type World } from './world.ts'

describe('a built Parley', () => {
  let first: World
  let browser: Browser
  beforeAll(async () => {
    first = await startParley({ isFirstStart: true })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await first?.stop()
  })

  test('lives, is ready, and prints where it is and how to sign in to the demo', async () => {
    const alive = await fetch(`${first.url}/healthz`)
    expect(alive.status).toBe(200)
    expect(first.said()).toContain(first.url)
    expect(first.said()).toContain(marlow.password)
  })

  test('shows the demo and the console in a real browser, without an error on the page', async () => {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${first.url}/demo/`)
    expect(await page.title()).toContain(marlow.name)
    await page.goto(`${first.url}/console/`)
    await page
      .getByLabel(/e-mail|email/i)
      .first()
      .waitFor()
    await page.close()
    expect(errors).toEqual([])
  })

  test('refuses a data folder that another one holds, in one sentence that names it', async () => {
    const second = startParley({ dataDir: first.dataDir })
    await expect(second).rejects.toThrow(/ended with [1-9]\d* instead of starting:[\s\S]*parley-world-/)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })

  test('refuses a port that is taken, in one sentence that names it', async () => {
    const second = startParley({ engine: 'postgres', env: { PORT: String(first.port) } })
    await expect(second).rejects.toThrow(new RegExp(`ended with [1-9]\\d* [\\s\\S]*${first.port}`))
  })
})

test('a variable with a bad value is refused in one sentence that names it', async () => {
  const port = await freePort()
  const refused = startParley({ env: { PORT: String(port), LOG_LEVEL: 'loud' } })
  await expect(refused).rejects.toThrow(
    /ended with [1-9]\d* instead of starting:\nLOG_LEVEL must be [^\n]+\n?$/,
  )
})

test('in production there is no demo, and the first start prints a one-time link to create the first admin', async () => {
  const world = await startParley({ env: { NODE_ENV: 'production', HOST: '127.0.0.1' } })
  expect((await fetch(`${world.url}/demo/`)).status).toBe(404)
  expect(world.said()).toMatch(new RegExp(`${world.url}/console/#setup=\\S{20,}`))
  expect(await world.stop()).toBe(0)
})

test('a killed Parley starts again on what it left, and a stopped one ends with code 0', async () => {
  const before = await startParley()
  await before.kill9()
  expect(readdirSync(before.dataDir)).toContain('postgres')
  const after = await startParley({ dataDir: before.dataDir })
  expect((await fetch(`${after.url}/demo/`)).status).toBe(200)
  expect(await after.stop()).toBe(0)
  expect(existsSync(before.dataDir)).toBe(true)
})

test('npm start tells what it has built, where it is and who can sign in, and the second time builds nothing', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-start-'))
  cpSync(join(process.env.BEGUN_FOLDER ?? '', 'embedded'), dataDir, { recursive: true })
  try {
    const said = [await npmStart(dataDir), await npmStart(dataDir)]
    expect(said[0]).toMatch(/(widget|console|server) built, [\d.]+ s|Built already, nothing has changed\./)
    expect(said[1]).toContain('Built already, nothing has changed.')
    expect(said[1]).not.toMatch(/Installing|built, /)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** Starts as the README says, until it has greeted and is ready, and stops it. Answers what it has printed. */
async function npmStart(dataDir: string): Promise<string> {
  const port = await freePort()
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('npm', ['start'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH, HOME, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let said = ''
  try {
    await new Promise<void>((resolve, reject) => {
      ended.then(() => reject(new Error(`It ended instead of starting:\n${said}`)), reject)
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text
          if (said.includes(`http://localhost:${port}/demo/`) && said.includes(marlow.password)) resolve()
        })
    })
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)
    expect(said).toContain(`http://localhost:${port}/console/`)
  } finally {
    child.kill('SIGTERM')
  }
  await ended
  return said
}
