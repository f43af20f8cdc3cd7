import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Actor, CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import express from 'express'
import { expect } from 'vitest'
import { bindSentFiles, type Committed, claimFiles } from '../conversations/index.ts'
import { registerFileTimers } from '../files/index.ts'
import * as samples from '../files/samples.ts'
import { createFileRoutes } from '../http/file-routes.ts'
import { createSiteWorld, type Engine, givenSite, type SiteWorld } from './site-world.ts'

export const omar: CustomerActor = {
  kind: 'customer',
  siteId: 'sit_marlow',
  visitorId: 'vis_omar',
  contactId: 'con_omar',
  role: 'buyer',
  isVerified: false,
  name: null,
  orders: [],
  vendorId: null,
}
export const nora: CustomerActor = {
  ...omar,
  visitorId: 'vis_nora',
  contactId: 'con_nora',
  isVerified: true,
  name: 'Nora',
}
export const lena: MemberActor = {
  kind: 'member',
  siteId: 'sit_marlow',
  memberId: 'mem_lena',
  accountId: 'acc_lena',
  role: 'csr',
  name: 'Lena',
  vendorId: null,
  vendorName: null,
  queueIds: [],
}
const foreign: CustomerActor = { ...omar, siteId: 'sit_other' }
export const cast: Record<string, Actor> = { omar, nora, lena, foreign }
/** Who takes part where, as the policy would say. */
const takesPart = new Map([
  ['cnv_omar', ['omar', 'lena']],
  ['cnv_nora', ['nora', 'lena']],
])

export let given: SiteWorld
/** A small real picture. */
export let png: Buffer
export let server: Server
export let url: string

export async function prepare(engine: Engine = 'embedded') {
  given = await createSiteWorld(engine)
  await givenSite(given.parts)
  await givenSite(given.parts, 'sit_other')
  registerFileTimers(given.parts)
  png = await samples.picture(64, 48).png().toBuffer()
}

export async function serve(clamdUrl?: string) {
  const parts = { ...given.parts, config: { ...given.parts.config, clamdUrl } }
  const app = express()
  app.use(
    createFileRoutes(parts, {
      identify(request) {
        const actor = cast[request.get('authorization') ?? '']
        return Promise.resolve(actor && { actor, sessionId: null })
      },
      authorise: (actor, _action, conversationId) => {
        const name = Object.keys(cast).find((key) => cast[key] === actor) ?? ''
        return Promise.resolve(
          conversationId === null || (takesPart.get(conversationId)?.includes(name) ?? false),
        )
      },
    }),
  )
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  url = `http://127.0.0.1:${address.port}`
}

export async function stop() {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

export async function forgetFiles() {
  await given.parts.database.query('delete from files')
  await rm(join(given.parts.config.dataDir, 'files'), { recursive: true, force: true })
}

export interface Sent {
  name?: string
  type?: string
  bytes: Uint8Array
  conversationId?: string
}

export function upload(who: string, { name = 'lamp.png', type = 'image/png', bytes, conversationId }: Sent) {
  const form = new FormData()
  if (conversationId !== undefined) form.set('conversationId', conversationId)
  form.set('file', new File([new Uint8Array(bytes)], name, { type }))
  return fetch(`${url}/api/v1/uploads`, { method: 'POST', body: form, headers: { authorization: who } })
}

export async function uploaded(who: string, sent: Sent): Promise<SentFile> {
  const response = await upload(who, sent)
  expect(response.status).toBe(201)
  return (await response.json()) as SentFile
}

export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problem = (await response.json()) as Record<string, unknown>
  return { status: problem.status, code: problem.code, reason: problem.reason }
}

export function download(who: string, fileId: string, part = '') {
  return fetch(`${url}/api/v1/files/${fileId}${part}`, { headers: { authorization: who } })
}

export async function storedBlobs(): Promise<string[]> {
  const entries = await readdir(join(given.parts.config.dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

export async function storedRows(): Promise<{ name: string; state: string }[]> {
  return given.parts.database.query<{ name: string; state: string }>(
    'select name, state from files order by name',
  )
}

export async function expectNothingStored() {
  expect(await storedRows()).toEqual([])
  expect(await storedBlobs()).toEqual([])
}

/** As sending a message does: claimed before the lock, bound in the transaction that writes the event. */
export async function sendFiles(
  actor: Actor,
  conversationId: string,
  fileIds: string[],
): Promise<SentFile[]> {
  const files = await claimFiles(given.parts, actor, conversationId, fileIds)
  const event = {
    type: 'messageSent',
    conversationId,
    at: given.clock.now().toISOString(),
    payload: { files },
  }
  const commits = [{ held: { siteId: actor.siteId }, events: [event] }] as unknown as Committed[]
  await given.parts.database.transaction((sql) => bindSentFiles(sql, commits))
  return files
}
