import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedHeaders } from './sign.ts'

const run = promisify(execFile)
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, 01').toString('base64')}`
const other = `whsec_${Buffer.from('a secret of thirty-two bytes, 02').toString('base64')}`
const body = JSON.stringify({ type: 'messageSent', data: { payload: { text: 'Ødegård “$5” \\ \n' } } })

let folder: string
let samples: Map<string, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-webhook-samples-'))
  const page = await readFile(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
  samples = new Map(
    [...page.matchAll(/^```(js|php|python)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => [
      language,
      code,
    ]),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const signed = (at: Date, secrets: readonly string[]) => signedHeaders(secrets, { id: 'dlv_1', at, body })

/** What the sample makes of it: the type of the event, or that it refuses. */
async function judged(language: string, headers: Record<string, string>, given = body): Promise<string> {
  const code = samples.get(language)
  if (code === undefined) throw new Error(`The page has no sample for ${language}`)
  await writeFile(join(folder, 'given.json'), JSON.stringify({ headers, body: given }))
  const read = JSON.stringify(join(folder, 'given.json'))
  const calls = {
    js: [
      'sample.mjs',
      process.execPath,
      `import { readFileSync } from 'node:fs'
const given = JSON.parse(readFileSync(${read}, 'utf8'))
try { console.log(verifyParley(given.headers, given.body).type) } catch (error) { console.log(error.message) }`,
    ],
    php: [
      'sample.php',
      'php',
      `$given = json_decode(file_get_contents(${read}), true);
try { echo verify_parley($given['headers'], $given['body'])['type']; } catch (Exception $error) { echo $error->getMessage(); }`,
    ],
    python: [
      'sample.py',
      'python3',
      `given = json.load(open(${read}, encoding="utf8"))
try:
    print(verify_parley(given["headers"], given["body"].encode())["type"])
except ValueError as error:
    print(error)`,
    ],
  } as const
  const [name, program, call] = calls[language as keyof typeof calls]
  const path = join(folder, name)
  await writeFile(path, `${code}\n${call}\n`)
  const { PATH = '', HOME = '' } = process.env
  const { stdout } = await run(program, [path], { env: { PATH, HOME, PARLEY_WEBHOOK_SECRET: secret } })
  return stdout.trim()
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.each([
  ['js', process.execPath],
  ['php', 'php'],
  ['python', 'python3'],
])('the sample of docs/webhooks.md in %s', (language, program) => {
  test.runIf(has(program))('takes what Parley signed, also while two secrets are live', async () => {
    const now = new Date()
    expect(await judged(language, signed(now, [secret]))).toBe('messageSent')
    expect(await judged(language, signed(now, [other, secret]))).toBe('messageSent')
  })

  test.runIf(has(program))('refuses another secret, another body, and what is old', async () => {
    const now = new Date()
    expect(await judged(language, signed(now, [other]))).toBe('Not signed by Parley')
    expect(await judged(language, signed(now, [secret]), body.replace('$5', '$6'))).toBe(
      'Not signed by Parley',
    )
    expect(await judged(language, { ...signed(now, [secret]), 'webhook-signature': '' })).toBe(
      'Not signed by Parley',
    )
    expect(await judged(language, signed(new Date(now.getTime() - 6 * 60_000), [secret]))).toBe('Too old')
  })
})
