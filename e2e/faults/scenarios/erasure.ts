import { buyers } from '@parley/server/src/demo/cast.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Talk } from '../rig/crew.ts'
import type { Person } from '../rig/person.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'
import { download, somePdf, upload } from '../rig/upload.ts'

const goneWithinMs = 5_000
const secret = 'secret-of-the-one-who-leaves'
const regretted = 'secret-that-was-taken-back'

export const erased: Scenario = {
  id: 'F38',
  title: 'a buyer erased while chatting, a message redacted that others hold, retention while somebody reads',
  async play(stage) {
    const { crew, cluster, site, recorder } = stage
    const { ines, daniel } = crew.members
    const [kept, old, ...others] = crew.talks.filter(({ vendorId }) => vendorId === null)
    const leaving = await crew.begin('oluwaseun')
    const own = await stage.store.query<{ id: string; vendorId: string | null }>(
      'select conversation_id as id, vendor_id as "vendorId" from conversations where contact_id = $1 and conversation_id <> $2',
      [leaving.customer.actorId, leaving.conversationId],
    )
    // An erasure takes what they had said before as well, and whoever could see that is told.
    for (const { id, vendorId } of own) crew.entitle(leaving.customer, id, vendorId)
    if (!kept || !old) throw new Error('Two conversations with support are needed.')
    for (const { conversationId } of [leaving, kept, old])
      if (!daniel.followed().includes(conversationId)) daniel.follow(conversationId)
    stage.load(10, {
      cuts: false,
      talks: [...others, ...crew.talks.filter(({ vendorId }) => vendorId !== null)],
    })

    const file = await upload(site, {
      port: cluster.nodes[0]?.port ?? 0,
      proof: leaving.customer.proof(),
      conversationId: leaving.conversationId,
      bytes: somePdf(100_000),
    })
    stage.must(file.fileId !== undefined, `The file was answered with ${file.status}.`)
    await sayAndWait(stage, leaving, `${secret} with a file`, file.fileId)
    await sayAndWait(stage, kept, `${regretted} said`)
    for (let number = 0; number < 30; number += 1) await sayAndWait(stage, old, `old ${number}`)

    await stage.fault('a message redacted', async () => {
      const messageId = messageOf(daniel, kept.conversationId, regretted)
      await daniel.ask('redactMessage', {
        requestId: newRequestId(),
        conversationId: kept.conversationId,
        messageId,
        reason: 'Asked for',
      })
      await isGone(stage, regretted, [kept.customer, kept.answers, daniel], kept.conversationId)
    })

    await stage.fault('a buyer erased while chatting', async () => {
      let isOver = false
      const chatting = chatOn(stage, leaving, () => isOver)
      await stage.pause(1_000)
      await ines.ask('erasePerson', {
        requestId: newRequestId(),
        contactId: leaving.customer.actorId,
        reason: 'Asked for',
      })
      await isGone(stage, secret, [leaving.answers, daniel], leaving.conversationId)
      await isGone(stage, buyers.oluwaseun.email, [], leaving.conversationId)
      isOver = true
      await chatting
      if (file.fileId !== undefined)
        for (const { port } of cluster.nodes)
          stage.must(
            (await download(port, file.fileId, daniel.proof())).status === 404,
            'A file of somebody who was erased can be had.',
          )
      const exported = await ines.once('exportPerson', { contactId: leaving.customer.actorId })
      stage.must(
        !JSON.stringify(exported).includes(secret),
        'An export made afterwards holds what was erased.',
      )
      // Whom the shop still signs for may come back, as somebody new.
      const isShut = async () =>
        !(await leaving.customer.once('readConversation', { conversationId: leaving.conversationId })).ok
      stage.must(
        (await until(isShut, stage.within(goneWithinMs))) !== undefined,
        'Somebody who was erased still reads.',
      )
    })
    leaving.isErased = true
    await crew.leave(leaving.customer)
    for (const wish of recorder.history.sent) {
      if (wish.client !== leaving.customer.name || wish.result !== 'unknown') continue
      const rows = await stage.store.query('select 1 from events where request_id = $1', [wish.requestId])
      wish.result = rows.length > 0 ? 'ok' : 'failed'
    }

    await stage.fault('retention while somebody reads', () => retainWhileRead(stage, old))
    old.isErased = true
  },
}

/** Pages through what is being taken away meanwhile: a page is whole, or blank, and never half of it. */
async function retainWhileRead(stage: Stage, { conversationId, customer, answers }: Talk): Promise<void> {
  const { crew, store } = stage
  const { ines, daniel } = crew.members
  await answers.ask('closeConversation', { requestId: newRequestId(), conversationId })
  const before = await ines.ask('viewRetention', {})
  await store.query(
    `update conversations set closed_at = now() - interval '3 days' where conversation_id = $1`,
    [conversationId],
  )
  await ines.ask('saveRetention', {
    requestId: newRequestId(),
    retention: { ...before, conversationDays: 2 },
  })
  await store.query(`update timers set due_at = now() where kind = 'retention'`)
  const pages: string[][] = []
  const isBlank = async () => {
    const { events } = await daniel.ask('readConversation', { conversationId, limit: 200 })
    pages.push(events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : [])))
    return pages.at(-1)?.every((text) => text === '') === true
  }
  const took = await until(isBlank, stage.within(30_000))
  stage.must(took !== undefined, 'Retention did not take out what was over.')
  stage.must(
    pages.every((texts) => texts.every((text) => text === '') || texts.every((text) => text !== '')),
    'Somebody read half of a conversation that was being taken out.',
  )
  stage.must(pages.length > 0 && pages[0] !== undefined, 'Nobody read meanwhile.')
  await ines.ask('saveRetention', { requestId: newRequestId(), retention: before })
  await crew.leave(customer)
}

const messageOf = (person: Person, conversationId: string, words: string): string => {
  const found = person
    .feed(conversationId)
    .get()
    .events.find((event) => event.type === 'messageSent' && event.payload.text.includes(words))
  if (found?.type !== 'messageSent') throw new Error(`${person.name} does not show “${words}”.`)
  return found.payload.messageId
}

async function sayAndWait(
  stage: Stage,
  { customer, answers, conversationId }: Talk,
  text: string,
  fileId?: string,
): Promise<void> {
  const requestId = newRequestId()
  const wish = { requestId, conversationId, text, ...(fileId === undefined ? {} : { fileIds: [fileId] }) }
  stage.recorder.submit({ requestId, conversationId, text, client: customer.name, kind: 'message' })
  await customer.ask('sendMessage', wish)
  const shows = (person: Person) =>
    person
      .feed(conversationId)
      .get()
      .events.some((event) => event.requestId === requestId)
  await until(() => [answers, stage.crew.members.daniel].every(shows), stage.within(10_000))
}

/** Writes one message after the other until told to stop, or refused for good. */
async function chatOn(
  stage: Stage,
  { customer, conversationId }: Talk,
  isOver: () => boolean,
): Promise<void> {
  for (let number = 0; !isOver(); number += 1) {
    const wish = { requestId: newRequestId(), conversationId, text: `${secret} ${number}` }
    stage.recorder.submit({ ...wish, client: customer.name, kind: 'message' })
    await customer.once('sendMessage', wish)
    await stage.pause(50)
  }
}

/** On no screen, in no list, and in no row of any table. */
async function isGone(
  stage: Stage,
  words: string,
  screens: readonly Person[],
  conversationId: string,
): Promise<void> {
  const shows = ({ feed }: Person) => JSON.stringify(feed(conversationId).get().events).includes(words)
  const took = await until(() => !screens.some(shows), stage.within(goneWithinMs))
  stage.must(
    took !== undefined,
    `“${words}” is still on the screen of ${screens.filter(shows).map(({ name }) => name)}.`,
  )
  let tables: string[] = []
  const isNowhere = async () => {
    tables = await tablesHolding(stage, words)
    return tables.length === 0
  }
  stage.must(
    (await until(isNowhere, stage.within(goneWithinMs))) !== undefined,
    `“${words}” is still in ${tables.join(', ')}.`,
  )
  const found = await stage.crew.members.daniel.ask('listInbox', { view: 'all', search: words })
  stage.must(found.rows.length === 0, `A search for “${words}” finds something.`)
}

async function tablesHolding({ store }: Stage, words: string): Promise<string[]> {
  const tables = await store.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const holding: string[] = []
  for (const { name } of tables) {
    const [row] = await store.query(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [words])
    if (row) holding.push(name)
  }
  return holding
}
