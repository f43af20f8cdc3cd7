import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { freePort } from '../testing/free-port.ts'
import { tryPort } from './try-port.ts'

const folder = await mkdtemp(join(tmpdir(), 'parley-port-'))
const other = createServer()
afterEach(async () => {
  other.close()
  await rm(folder, { recursive: true, force: true })
})

it('notices a taken port before the database is opened, and says it in one sentence', async () => {
  const port = await freePort()
  await expect(tryPort(port, '127.0.0.1')).resolves.toBeUndefined()
  other.listen(port, '127.0.0.1')
  await once(other, 'listening')
  await expect(tryPort(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })

  const root = fileURLToPath(new URL('../..', import.meta.url))
  const env = { PATH: process.env.PATH, PORT: String(port), DATA_DIR: folder, NODE_ENV: 'development' }
  const main = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], { cwd: root, env, stdio: 'pipe' })
  let said = ''
  for (const stream of [main.stdout, main.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
  const [code] = await once(main, 'close')
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toEqual([
    `Port ${port} is taken by another program. Stop it, or start Parley with another one: PORT=3001 npm start`,
  ])
  expect(await readdir(folder)).toEqual(['secret.key'])
})
