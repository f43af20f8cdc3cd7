import { readdirSync } from 'node:fs'
import { readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startClamd } from '@parley/server/src/files/clamd-double.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Talk } from '../rig/crew.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'
import { digestOf, download, somePdf, type Uploaded, upload } from '../rig/upload.ts'

const ordinaryBytes = 200_000
const largeBytes = 20 * 1024 * 1024
/** The server asks a scanner for so long. */
const scanMs = 30_000

/** Uploads with what stands in the way, and says whether it arrived. */
async function give(
  { site, recorder }: Stage,
  { customer, conversationId }: Talk,
  port: number,
  more: { bytes?: Buffer; cutAt?: number; onProgress?: (share: number) => void } = {},
): Promise<Uploaded> {
  const { bytes = somePdf(ordinaryBytes), ...rest } = more
  const uploaded = await upload(site, { port, proof: customer.proof(), conversationId, bytes, ...rest })
  if (uploaded.fileId !== undefined)
    recorder.history.uploads.push({ fileId: uploaded.fileId, sha256: digestOf(bytes) })
  return uploaded
}

async function send({ recorder }: Stage, { customer, conversationId }: Talk, fileId: string): Promise<void> {
  const wish = { requestId: newRequestId(), conversationId, text: `with ${fileId}`, fileIds: [fileId] }
  recorder.submit({ ...wish, client: customer.name, kind: 'message' })
  await customer.ask('sendMessage', wish)
}

/** What lies on the disk, and which rows know of it. */
async function lookAtBlobs({ store, cluster, recorder }: Stage): Promise<void> {
  const names = (await readdir(join(cluster.dataDir, 'files'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  const rows = await store.query<{ key: string | null }>(
    'select blob_key as key from files union all select thumbnail_key from files',
  )
  const known = new Set(rows.map(({ key }) => key))
  recorder.history.blobs = names.map((key) => ({ key, hasRow: known.has(key) }))
}

/** As if the day after which what was never sent is removed were over: first out of reach, then the bytes. */
async function sweepNow(stage: Stage): Promise<void> {
  const { store } = stage
  const unsent = `select file_id from files where sent_at is null and kept_for is null`
  const isSwept = async () => {
    await store.query(`update timers set due_at = now() where kind = 'sweepFile' and key in (${unsent})`)
    await stage.pause(500)
    return (await store.query(`${unsent} and state <> 'blocked'`)).length === 0
  }
  stage.must(
    (await until(isSwept, stage.within(60_000))) !== undefined,
    'Files that were never sent are still there after their day.',
  )
}

async function readBack({ crew, cluster, recorder }: Stage): Promise<void> {
  const { history } = recorder
  for (const { fileId } of history.uploads)
    for (const [at, { port }] of cluster.nodes.entries()) {
      const { status, sha256 } = await download(port, fileId, crew.members.daniel.proof())
      history.downloads.push({ fileId, node: `node ${at + 1}`, status, sha256 })
    }
}

export const uploadChaos: Scenario = {
  id: 'F37',
  title: 'uploads broken off, nodes killed while they store, a scanner that hangs, a store that fails',
  async play(stage) {
    const { crew, cluster, outside, recorder } = stage
    const [talk] = crew.talks
    const [one, two] = cluster.nodes
    if (!talk || !one || !two) throw new Error('Two nodes are needed.')
    let scanner = await startClamd()
    outside.scanner.leadTo(Number(new URL(scanner.url).port))
    const changeScanner = async (mood: Parameters<typeof startClamd>[0]) => {
      await scanner.close()
      scanner = await startClamd(mood)
      outside.scanner.leadTo(Number(new URL(scanner.url).port))
    }
    const works = async (port: number, when: string) => {
      let uploaded = await give(stage, talk, port)
      // A server learns of a broken line when it next reads from it; until then it counts as under way.
      const isTaken = async () => {
        if (uploaded.reason === 'file.busy') uploaded = await give(stage, talk, port)
        return uploaded.reason !== 'file.busy'
      }
      await until(isTaken, stage.within(5_000))
      const { fileId, status, reason } = uploaded
      stage.must(fileId !== undefined, `An upload was answered with ${status} ${reason} ${when}.`)
      if (fileId !== undefined) await send(stage, talk, fileId)
    }
    try {
      stage.load(10, { cuts: false })
      await works(one.port, 'when all was well')

      await stage.fault('broken off', async () => {
        for (const percent of [1, 10, 25, 50, 75, 90, 99]) {
          const { status } = await give(stage, talk, one.port, { cutAt: (ordinaryBytes * percent) / 100 })
          stage.must(status === 'cut', `An upload cut at ${percent} % was answered with ${status}.`)
        }
      })
      await works(one.port, 'after some were broken off')

      await stage.fault('a node killed in the middle of an upload', async () => {
        let killed: Promise<void> | undefined
        const bytes = somePdf(largeBytes)
        const { status } = await give(stage, talk, two.port, {
          bytes,
          onProgress: (share) => {
            if (share > 0.5) killed ??= two.kill()
          },
        })
        stage.must(status === 'cut', `An upload to a killed node was answered with ${status}.`)
        await killed
        await two.start()
      })
      await stage.fault('a node killed while it stores', async () => {
        for (let round = 0; round < stage.rounds; round += 1) {
          const giving = give(stage, talk, two.port, { bytes: somePdf(largeBytes) })
          const isStoring = await untilStoring(cluster.dataDir, stage.within(15_000))
          stage.must(isStoring, 'Nobody saw a file on its way to the disk.')
          await two.kill()
          await giving
          await two.start()
        }
      })
      await works(two.port, 'after its node was killed')

      await stage.fault('the scanner hangs', async () => {
        await changeScanner('hangs')
        const from = performance.now()
        const { status, fileId } = await give(stage, talk, one.port)
        stage.must(
          status === 503 && fileId === undefined && performance.now() - from < stage.within(scanMs + 5_000),
          `An upload that nobody scanned was answered with ${status}.`,
        )
        await changeScanner('hangsUp')
        const refused = await give(stage, talk, one.port)
        stage.must(refused.status === 503, `A scanner that hung up made it ${refused.status}.`)
        await changeScanner('works')
      })

      await stage.fault('the store fails', async () => {
        const folder = join(cluster.dataDir, 'files')
        await rename(folder, `${folder}.away`)
        await writeFile(folder, 'not a folder')
        const { status, fileId } = await give(stage, talk, one.port)
        stage.must(
          typeof status === 'number' && status >= 500 && fileId === undefined,
          `An upload that could not be stored was answered with ${status}.`,
        )
        await rm(folder)
        await rename(`${folder}.away`, folder)
      })
      await works(one.port, 'after the store was back')

      // What nobody has sent may not be had by anybody else, scanned or not.
      const unsent = await give(stage, talk, one.port)
      const others = crew.talks[1]?.customer.proof()
      if (unsent.fileId !== undefined && others)
        stage.must(
          (await download(two.port, unsent.fileId, others)).status === 404,
          'A stranger could have a file.',
        )
      await sweepNow(stage)
      recorder.history.uploads = recorder.history.uploads.filter(({ fileId }) => fileId !== unsent.fileId)
      await readBack(stage)
      await lookAtBlobs(stage)
    } finally {
      outside.scanner.leadTo(undefined)
      await scanner.close()
    }
  },
}

/** Looks without a pause: the bytes of a file are on their way to the disk for a few milliseconds only. */
async function untilStoring(dataDir: string, withinMs: number): Promise<boolean> {
  const from = performance.now()
  while (performance.now() - from < withinMs) {
    const names = readdirSync(join(dataDir, 'files'), { recursive: true })
    if (names.some((name) => String(name).endsWith('.part'))) return true
    await new Promise((next) => setImmediate(next))
  }
  return false
}
