import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensurePrograms } from './ensure-programs.mjs'

/** A machine whose only programs are those put into this folder. */
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'programs-'))
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  vi.restoreAllMocks()
})

function put(name: string, script: string) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

const apt = (installs: string) => `
echo "$DEBIAN_FRONTEND $*" >> "$PATH/asked"
[ "$1" = update ] || for name in ${installs}; do : > "$PATH/$name"; /bin/chmod 755 "$PATH/$name"; done`

test('nothing is asked for when everything is there', async () => {
  put('chromium', '')
  put('chromium-headless-shell', '')
  put('redis-server', '')
  put('apt-get', 'exit 1')
  await ensurePrograms({ env: { PATH: folder }, isRoot: true })
})

test('root on Debian gets what is missing, and only that, without a question', async () => {
  put('redis-server', '')
  put('apt-get', apt('chromium chromium-headless-shell'))
  await ensurePrograms({ env: { PATH: folder }, isRoot: true })
  expect(readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')).toEqual([
    'noninteractive update -q',
    'noninteractive install -q -y --no-install-recommends chromium chromium-headless-shell',
  ])
})

const aptWithoutShell = `
echo "$*" >> "$PATH/asked"
case "$*" in *shell*) echo "no such package" >&2; exit 100;; esac
[ "$1" = update ] || { : > "$PATH/chromium"; /bin/chmod 755 "$PATH/chromium"; }`

test('where apt does not know what is only quicker, the rest is installed without it', async () => {
  put('redis-server', '')
  put('apt-get', aptWithoutShell)
  await ensurePrograms({ env: { PATH: folder }, isRoot: true })
  expect(readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n').at(-1)).toBe(
    'install -q -y --no-install-recommends chromium',
  )
})

test('nobody is stopped by a missing program that is only quicker', async () => {
  put('chromium', '')
  put('redis-server', '')
  await ensurePrograms({ env: { PATH: folder }, isRoot: false })
  put('apt-get', 'exit 1')
  await ensurePrograms({ env: { PATH: folder }, isRoot: true })
})

test('whoever is not root is told in a sentence what to install', async () => {
  put('apt-get', apt('chromium redis-server'))
  await expect(ensurePrograms({ env: { PATH: folder }, isRoot: false })).rejects.toThrow(
    /^The tests need chromium and redis-server\. Install Chromium .* Install Redis .*REDIS_SERVER_PATH\.$/,
  )
})

test('what apt could not bring is named, with what to do', async () => {
  put('apt-get', apt('redis-server'))
  await expect(ensurePrograms({ env: { PATH: folder }, isRoot: true })).rejects.toThrow(
    /^The tests need chromium\. Install Chromium/,
  )
})

test('an apt that fails is told with what it said', async () => {
  put('apt-get', 'echo "no space left" >&2; exit 100')
  await expect(ensurePrograms({ env: { PATH: folder }, isRoot: true })).rejects.toMatchObject({
    message: expect.stringContaining('ended with code 100'),
    output: expect.stringContaining('no space left'),
  })
})

test('a place that is named and wrong is told with its name', async () => {
  const env = { PATH: folder, CHROMIUM_PATH: join(folder, 'gone') }
  await expect(ensurePrograms({ env, isRoot: true })).rejects.toThrow(/^CHROMIUM_PATH names .*gone/)
})
