import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Webhook, WebhookEventType } from '@parley/shared/protocol/webhooks.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPostOffice, type PostOffice } from '../notify/post-office.ts'
import { hasRedis } from '../testing/across-nodes.ts'
import { certificatesFor } from '../testing/certificates.ts'
import { startChild } from '../testing/child.ts'
import { startCluster } from '../testing/cluster.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { startPostgres } from '../testing/postgres.ts'
import { createSiteWorld, engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { openReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts'
import { createSender } from './index.ts'

let requests = 0
const requestId = () => {
  requests += 1
  return `webhooks-${requests}`
}
const patiently = 30_000

async function make(admin: Person, url: string, eventTypes: WebhookEventType[] = ['messageSent']) {
  return admin.ask('createWebhook', { requestId: requestId(), url, label: 'Shop', eventTypes })
}
async function asks(buyer: Person, description: string): Promise<string> {
  const { conversationId } = await buyer.ask('startConversation', {
    requestId: requestId(),
    with: { kind: 'support' },
    answers: { topic: 'payment', description },
  })
  return conversationId
}

describe.each(engines)('webhooks on %s', (engine) => {
  let site: Marlow
  let receiver: WebhookReceiver
  let office: PostOffice
  let ines: Person
  let marta: Person
  beforeAll(async () => {
    office = await openPostOffice()
    site = await startMarlow(engine, {
      OUTBOUND_ALLOW: '127.0.0.1',
      RATE_LIMIT_FACTOR: '1000',
      SMTP_URL: `smtp://127.0.0.1:${office.port}`,
    })
    ;[ines, marta] = await Promise.all([site.member('ines'), site.buyer('marta')])
  })
  afterAll(async () => {
    await site?.close()
    await office?.close()
  })
  beforeEach(async () => {
    receiver = await openReceiver()
  })
  afterEach(async () => {
    for (const { webhookId } of (await ines.ask('listWebhooks', {})).webhooks)
      await ines.ask('removeWebhook', { requestId: requestId(), webhookId })
    await receiver.close()
  })

  const deliveriesOf = async ({ webhookId }: Webhook) =>
    (await ines.ask('listDeliveries', { webhookId })).deliveries
  const stateOf = async ({ webhookId }: Webhook) =>
    (await ines.ask('listWebhooks', {})).webhooks.find((one) => one.webhookId === webhookId)
  /** As if a wait were over: the clock of a site with real sockets cannot be turned. */
  const dueNow = () =>
    site.world.parts.database.query(
      `update webhook_deliveries set due_at = now() - interval '1 minute' where state = 'waiting'`,
    )

  it('arrive signed, in the order of their positions, with what an integration may have', async () => {
    const { secret, webhook } = await make(ines, receiver.url, ['conversationStarted', 'messageSent'])
    const conversationId = await asks(marta, 'A cup arrived broken')
    for (const text of ['one', 'two', 'three'])
      await marta.ask('sendMessage', { requestId: requestId(), conversationId, text })
    await waitFor(() => receiver.received.length === 5, patiently)
    for (const one of receiver.received) {
      expect(one.signedBy([secret, `whsec_${Buffer.alloc(32).toString('base64')}`])).toEqual([true, false])
      expect(Math.abs(Number(one.headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000)
    }
    const inOrder = [...receiver.received].sort(
      (a, b) => (a.body.data.position ?? 0) - (b.body.data.position ?? 0),
    )
    expect(inOrder.map(({ body }) => body.data.payload?.text)).toEqual([
      undefined,
      'A cup arrived broken',
      'one',
      'two',
      'three',
    ])
    expect(inOrder[0]?.body).toMatchObject({
      type: 'conversationStarted',
      data: {
        conversationId,
        position: 1,
        customer: { externalId: expect.any(String) },
        by: { party: 'buyer' },
      },
    })
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(5)
    await waitFor(
      async () => (await deliveriesOf(webhook)).every(({ state }) => state === 'delivered'),
      patiently,
    )
    expect((await deliveriesOf(webhook))[0]).toMatchObject({
      type: 'messageSent',
      nextAt: null,
      tries: [{ status: 204, failure: null }],
    })
  })

  it('carry nothing of notes, nor what is not asked for', async () => {
    const priya = await site.member('priya')
    await make(ines, receiver.url, ['conversationClosed', 'assigned'])
    const conversationId = await asks(marta, 'canary-not-asked-for')
    await priya.ask('takeConversation', { requestId: requestId(), conversationId })
    await priya.ask('addNote', { requestId: requestId(), conversationId, text: 'canary-note' })
    await priya.ask('closeConversation', { requestId: requestId(), conversationId })
    await waitFor(() => receiver.of('conversationClosed').length === 1, patiently)
    await waitFor(() => receiver.of('assigned').length > 0, patiently)
    expect(receiver.received.map(({ raw }) => raw).join()).not.toContain('canary')
    expect(
      await ines.refusal('createWebhook', {
        requestId: requestId(),
        url: receiver.url,
        label: 'Notes',
        eventTypes: ['noteAdded' as WebhookEventType],
      }),
    ).toMatchObject({ code: 'invalid' })
  })

  it('are sent again while the receiver is down or unwell, under the same id', async () => {
    const port = Number(new URL(receiver.url).port)
    const { webhook } = await make(ines, receiver.url)
    await receiver.close()
    await asks(marta, 'while you were out')
    await waitFor(async () => (await deliveriesOf(webhook))[0]?.tries.length === 1, patiently)
    receiver = await openReceiver(port)
    receiver.answers = (response) => response.writeHead(503).end('busy')
    await dueNow()
    await waitFor(() => receiver.received.length === 1, patiently)
    await waitFor(async () => (await deliveriesOf(webhook))[0]?.tries.length === 2, patiently)
    expect((await stateOf(webhook))?.failingSince).not.toBeNull()
    receiver.answers = (response) => response.writeHead(200).end()
    await dueNow()
    const delivery = await waitFor(async () => {
      const [found] = await deliveriesOf(webhook)
      return found?.state === 'delivered' ? found : undefined
    }, patiently)
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([delivery.deliveryId]))
    expect(delivery.tries.map(({ status, failure }) => status ?? failure)).toEqual([200, 503, 'refused'])
    expect(await stateOf(webhook)).toMatchObject({ failingSince: null, waiting: 0, state: 'on' })
  })

  it('send what a message is now: what was redacted meanwhile does not leave', async () => {
    const { webhook } = await make(ines, receiver.url)
    receiver.answers = (response) => response.writeHead(500).end()
    const conversationId = await asks(marta, 'My canary-address is 5 Mill Lane')
    await waitFor(() => receiver.received.length === 1, patiently)
    const { events } = await ines.ask('readConversation', { conversationId })
    const message = events.find(({ type }) => type === 'messageSent')
    if (message?.type !== 'messageSent') throw new Error('There is no message')
    const { messageId } = message.payload
    await ines.ask('redactMessage', {
      requestId: requestId(),
      conversationId,
      messageId,
      reason: 'An address',
    })
    receiver.answers = (response) => response.writeHead(200).end()
    await waitFor(async () => (await deliveriesOf(webhook))[0]?.tries.length === 1, patiently)
    await dueNow()
    await waitFor(() => receiver.received.length === 2, patiently)
    expect(receiver.received[1]?.raw).not.toContain('canary')
    expect(receiver.received[1]?.body.data.payload).toMatchObject({ text: '', isRedacted: true })
    const rows = await site.world.parts.database.query('select * from webhook_deliveries')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('canary')
  })

  it('live with two secrets while one is changed, and with one after', async () => {
    const { secret, webhook } = await make(ines, receiver.url)
    const { webhookId } = webhook
    const rotated = await ines.ask('rotateWebhookSecret', { requestId: requestId(), webhookId })
    expect(rotated.webhook.previousSecretUntil).not.toBeNull()
    await ines.ask('sendTestEvent', { requestId: requestId(), webhookId })
    await waitFor(() => receiver.of('webhookTested').length === 1, patiently)
    expect(receiver.received[0]?.signedBy([secret, rotated.secret])).toEqual([true, true])
    const last = await ines.ask('rotateWebhookSecret', { requestId: requestId(), webhookId, keepHours: 0 })
    await ines.ask('sendTestEvent', { requestId: requestId(), webhookId })
    await waitFor(() => receiver.of('webhookTested').length === 2, patiently)
    expect(receiver.received[1]?.signedBy([secret, rotated.secret, last.secret])).toEqual([
      false,
      false,
      true,
    ])
    const kept = await Promise.all([
      site.world.parts.database.query('select * from webhooks'),
      ines.ask('listWebhooks', {}),
      ines.ask('listAudit', {}),
    ])
    for (const one of [secret, rotated.secret, last.secret])
      expect(JSON.stringify(kept)).not.toContain(one.slice(6))
  })

  it('go nowhere but where they were sent: a redirect is a failure, and a private address was never asked', async () => {
    const inside = await openReceiver()
    receiver.answers = (response) => response.writeHead(302, { location: inside.url }).end()
    const { webhook } = await make(ines, receiver.url)
    await asks(marta, 'do not pass this on')
    const first = await waitFor(async () => (await deliveriesOf(webhook))[0]?.tries[0], patiently)
    expect(first).toMatchObject({ status: 302, failure: null })
    expect(inside.received).toEqual([])
    await inside.close()
    const refused = async (url: string) =>
      (
        await ines.refusal('createWebhook', {
          requestId: requestId(),
          url,
          label: 'In',
          eventTypes: ['messageSent'],
        })
      ).reason
    expect(await refused('https://169.254.169.254/latest')).toBe('url.private')
    expect(await refused('https://10.0.0.1/')).toBe('url.private')
    expect(await refused('http://shop.example/')).toBe('url.scheme')
    expect(await refused('https://me:secret@shop.example/')).toBe('url.credentials')
    // A name is looked up when it is sent to; this one leads inside.
    const named = await make(ines, 'https://localhost:9/', ['messageSent'])
    await ines.ask('sendTestEvent', { requestId: requestId(), webhookId: named.webhook.webhookId })
    const test = await waitFor(async () => (await deliveriesOf(named.webhook))[0]?.tries[0], patiently)
    expect(test.status).toBeNull()
    expect(['private', 'refused']).toContain(test.failure)
  })

  it('can be replayed, one or a stretch, under their ids', async () => {
    const { webhook } = await make(ines, receiver.url)
    const { webhookId } = webhook
    const conversationId = await asks(marta, 'first')
    await marta.ask('sendMessage', { requestId: requestId(), conversationId, text: 'second' })
    await waitFor(async () => {
      const found = await deliveriesOf(webhook)
      return found.length === 2 && found.every(({ state }) => state === 'delivered')
    }, patiently)
    const [newest, oldest] = await deliveriesOf(webhook)
    const deliveryId = oldest?.deliveryId ?? ''
    await ines.ask('replayDelivery', { requestId: requestId(), webhookId, deliveryId })
    await waitFor(() => receiver.received.length === 3, patiently)
    expect(receiver.received[2]?.id).toBe(deliveryId)
    await waitFor(
      async () => (await deliveriesOf(webhook)).every(({ state }) => state === 'delivered'),
      patiently,
    )
    const from = new Date(Date.now() - 3_600_000).toISOString()
    const to = new Date(Date.now() + 60_000).toISOString()
    const wish = { webhookId, from, to }
    expect(await ines.ask('replayDeliveries', { ...wish, requestId: requestId(), only: 'parked' })).toEqual({
      replayed: 0,
    })
    expect(await ines.ask('replayDeliveries', { ...wish, requestId: requestId() })).toEqual({ replayed: 2 })
    await waitFor(() => receiver.received.length === 5, patiently)
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set([deliveryId, newest?.deliveryId]))
    expect(
      await ines.refusal('replayDelivery', { requestId: requestId(), webhookId, deliveryId: 'dlv_no' }),
    ).toEqual({
      code: 'notFound',
      reason: 'delivery.unknown',
    })
  })

  it('gather nothing while an admin has switched them off, and go on after', async () => {
    const { webhook } = await make(ines, receiver.url)
    const { webhookId } = webhook
    await ines.ask('switchWebhook', { requestId: requestId(), webhookId, isOn: false })
    const conversationId = await asks(marta, 'while off')
    await ines.ask('switchWebhook', { requestId: requestId(), webhookId, isOn: true })
    await marta.ask('sendMessage', { requestId: requestId(), conversationId, text: 'on again' })
    await waitFor(() => receiver.received.length === 1, patiently)
    expect(receiver.received[0]?.body.data.payload?.text).toBe('on again')
    expect(await deliveriesOf(webhook)).toHaveLength(1)
  })

  it('that have failed for three days are off; admins get a letter, nothing is lost', async () => {
    const { webhook } = await make(ines, receiver.url)
    receiver.answers = (response) => response.writeHead(500).end()
    const conversationId = await asks(marta, 'on the last day')
    await waitFor(async () => (await stateOf(webhook))?.failingSince, patiently)
    await site.world.parts.database.query(`update webhooks set failing_since = now() - interval '80 hours'`)
    await dueNow()
    await waitFor(async () => (await stateOf(webhook))?.state === 'failing', patiently)
    const letter = await waitFor(
      () => office.received.find((mail) => mail.to[0] === 'ines@marlow.example'),
      patiently,
    )
    expect(letter.text).toContain('Nothing more is sent')
    expect(letter.text).not.toContain('for a vendor')
    const { entries } = await ines.ask('listAudit', { action: 'webhook.switchedOff' })
    expect(entries[0]).toMatchObject({ actorId: 'system:webhooks', object: `webhook:${webhook.webhookId}` })
    await marta.ask('sendMessage', { requestId: requestId(), conversationId, text: 'while it was off' })
    expect(await stateOf(webhook)).toMatchObject({ waiting: 2 })
    const before = receiver.received.length
    receiver.answers = (response) => response.writeHead(200).end()
    await ines.ask('switchWebhook', { requestId: requestId(), webhookId: webhook.webhookId, isOn: true })
    await dueNow()
    await waitFor(() => receiver.received.length === before + 2, patiently)
  })

  it('that say they are gone are off at once', async () => {
    const { webhook } = await make(ines, receiver.url)
    receiver.answers = (response) => response.writeHead(410).end()
    await asks(marta, 'anybody?')
    await waitFor(async () => (await stateOf(webhook))?.state === 'gone', patiently)
    expect((await deliveriesOf(webhook))[0]).toMatchObject({ state: 'parked', nextAt: null })
  })

  it('are an admin’s alone, twenty for a site, and each change is on record', async () => {
    const daniel = await site.member('daniel')
    for (const who of [daniel, await site.member('priya'), await site.member('elin')]) {
      expect(await who.refusal('listWebhooks', {})).toEqual({ code: 'notAllowed' })
      const wish = {
        requestId: requestId(),
        url: receiver.url,
        label: 'x',
        eventTypes: ['messageSent'],
      } as const
      expect(await who.refusal('createWebhook', { ...wish, eventTypes: [...wish.eventTypes] })).toEqual({
        code: 'notAllowed',
      })
    }
    const made = await Promise.all(Array.from({ length: 20 }, () => make(ines, receiver.url)))
    expect(
      await ines.refusal('createWebhook', {
        requestId: requestId(),
        url: receiver.url,
        label: 'One more',
        eventTypes: ['messageSent'],
      }),
    ).toEqual({ code: 'conflict', reason: 'webhook.tooMany' })
    const { webhookId } = made[0]?.webhook ?? { webhookId: '' }
    await ines.ask('removeWebhook', { requestId: requestId(), webhookId })
    const { entries } = await ines.ask('listAudit', { object: `webhook:${webhookId}` })
    expect(entries.map(({ action }) => action)).toEqual(['webhook.removed', 'webhook.created'])
  })
})

describe('webhooks over TLS', () => {
  it('arrive where the certificate is of an authority that is trusted and of that name, and nowhere else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-https-'))
    const { authority, ...tls } = certificatesFor('localhost', folder)
    const [receiver, postgres] = await Promise.all([openReceiver(0, tls), startPostgres()])
    // The same server by another name than its certificate is for.
    const misnamed = receiver.url.replace('localhost', '127.0.0.1')
    const child = startChild('testing/webhook-node.ts', [postgres.url, folder, receiver.url, misnamed], {
      NODE_EXTRA_CA_CERTS: authority,
    })
    const { parts, close } = await createSiteWorld('postgres', {}, undefined, {
      databaseUrl: postgres.url,
      folder,
    })
    try {
      await child.printed('ready')
      const secrets = child.lines
        .filter((line) => line.startsWith('secret '))
        .map((line) => line.slice('secret '.length))
      const triesOf = async (url: string) => {
        const rows = await parts.database.query<{
          tries: { status: number | null; failure: string | null }[]
        }>(
          `select d.tries from webhook_deliveries d join webhooks w on w.webhook_id = d.webhook_id where w.url = $1`,
          [url],
        )
        return rows.flatMap(({ tries }) => tries.map(({ status, failure }) => ({ status, failure })))
      }
      await waitFor(
        async () => (await triesOf(receiver.url)).length > 0 && (await triesOf(misnamed)).length > 0,
        patiently,
      )
      expect(await triesOf(receiver.url)).toEqual([{ status: 204, failure: null }])
      expect((await triesOf(misnamed))[0]).toEqual({ status: null, failure: 'tls' })
      expect(receiver.received.map(({ headers }) => headers.host)).toEqual([new URL(receiver.url).host])
      expect(receiver.received[0]?.signedBy(secrets)).toEqual([true, false])
    } finally {
      await child.kill()
      await close()
      await postgres.stop()
      await receiver.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('webhooks of a server that stops', () => {
  it('are sent by the next: killed between the answer to the sender and the delivery', async () => {
    const receiver = await openReceiver()
    receiver.answers = () => {}
    const postgres = await startPostgres()
    const folder = await mkdtemp(join(tmpdir(), 'parley-killed-'))
    const child = startChild('testing/webhook-node.ts', [postgres.url, folder, receiver.url])
    try {
      await child.printed('ready')
      const secret = child.lines.find((line) => line.startsWith('secret '))?.slice(7) ?? ''
      await waitFor(() => receiver.received.length > 0, patiently)
      await child.kill()
      receiver.answers = (response) => response.writeHead(200).end()
      // A minute later what the dead node held is free.
      const later = { now: () => new Date(Date.now() + 60_000) }
      const env = { OUTBOUND_ALLOW: '127.0.0.1', SECRET_KEY: 'a key for the node that is killed, 1' }
      const next = await createSiteWorld('postgres', env, later, { databaseUrl: postgres.url, folder })
      const sender = createSender(next.parts, { onCommitted() {} })
      await sender.start()
      await waitFor(() => receiver.received.length > 1, patiently)
      const [first, second] = receiver.received
      expect(second?.id).toBe(first?.id)
      expect(second?.raw).toBe(first?.raw)
      expect(second?.signedBy([secret])).toEqual([true])
      await sender.stop()
      await next.close()
    } finally {
      await child.kill()
      await postgres.stop()
      await receiver.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  it.runIf(hasRedis)('are sent once by two nodes that both look', async () => {
    const receiver = await openReceiver()
    const cluster = await startCluster({ OUTBOUND_ALLOW: '127.0.0.1', RATE_LIMIT_FACTOR: '1000' })
    try {
      const [ines, marta] = await Promise.all([cluster.a.member('ines'), cluster.b.buyer('marta')])
      const { webhook } = await make(ines, receiver.url)
      const conversationId = await asks(marta, 'begin')
      // The other node learns of a new webhook within seconds; from then on it misses nothing.
      let tries = 0
      await waitFor(async () => {
        tries += 1
        await marta.ask('sendMessage', { requestId: requestId(), conversationId, text: `ask ${tries}` })
        return receiver.received.length > 0
      }, patiently)
      const texts = Array.from({ length: 60 }, (_, index) => `message ${index}`)
      await Promise.all(
        texts.map((text) => marta.ask('sendMessage', { requestId: requestId(), conversationId, text })),
      )
      const told = () => receiver.received.flatMap(({ body }) => String(body.data.payload?.text))
      await waitFor(() => texts.every((text) => told().includes(text)), patiently)
      await waitFor(async () => {
        const { webhooks } = await ines.ask('listWebhooks', {})
        return webhooks.find(({ webhookId }) => webhookId === webhook.webhookId)?.waiting === 0
      }, patiently)
      expect(
        told()
          .filter((text) => texts.includes(text))
          .sort(),
      ).toEqual([...texts].sort())
    } finally {
      await cluster.close()
      await receiver.close()
    }
  })

  it('are not held up by a stop in the middle of a slow answer, and go out afterwards', async () => {
    const receiver = await openReceiver()
    receiver.answers = () => {}
    const site = await startMarlow('postgres', { OUTBOUND_ALLOW: '127.0.0.1' })
    try {
      const [ines, marta] = await Promise.all([site.member('ines'), site.buyer('marta')])
      const { webhook } = await make(ines, receiver.url)
      await asks(marta, 'slowly')
      await waitFor(() => receiver.received.length === 1, patiently)
      receiver.answers = (response) => response.writeHead(200).end()
      await site.restart()
      await waitFor(() => receiver.received.length === 2, patiently)
      expect(receiver.received[1]?.id).toBe(receiver.received[0]?.id)
      const delivered = await waitFor(async () => {
        const { deliveries } = await ines.ask('listDeliveries', { webhookId: webhook.webhookId })
        return deliveries[0]?.state === 'delivered' ? deliveries[0] : undefined
      }, patiently)
      expect(delivered.tries).toHaveLength(1)
    } finally {
      await site.close()
      await receiver.close()
    }
  })
})
