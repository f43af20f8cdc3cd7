import { once } from 'node:events'
import { connect } from 'node:net'
import { buyers } from '@parley/server/src/demo/cast.ts'
import { openPostOffice, type PostOffice } from '@parley/server/src/notify/post-office.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import { quantile } from '../../bench/quantiles.ts'
import { intakeFor } from '../../replay/intake.ts'
import type { Talk } from '../rig/crew.ts'
import { visit } from '../rig/person.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { until } from '../rig/until.ts'

const ackWithinMs = 1_000
const mailWithinMs = 20_000
const bouncing = 20
/** As often as a job that gives up must not have been tried. */
const moreTries = 3

type Mailed = Talk & { to: string }

/** As if the waits before a letter and between two letters were over; nobody's clock is turned for it. */
async function mailNow({ store }: Stage, ...about: readonly Talk[]): Promise<void> {
  const ids = about.map(({ conversationId }) => conversationId)
  await store.query(
    `update mails set claimed_at = claimed_at - interval '11 minutes'
     where sent_at is not null and conversation_id = any($1)`,
    [ids],
  )
  await store.query(
    `update timers set due_at = now() where kind = 'mailAnswer' and due_at > now()
       and (locked_until is null or locked_until < now()) and payload->>'conversationId' = any($1)`,
    [ids],
  )
}

async function isDone({ store }: Stage, about: readonly Talk[]): Promise<boolean> {
  const open = await store.query(
    `select 1 from timers where kind = 'mailAnswer' and payload->>'conversationId' = any($1) limit 1`,
    [about.map(({ conversationId }) => conversationId)],
  )
  return open.length === 0
}

export const mailChaos: Scenario = {
  id: 'F36',
  title: 'a mail server that is down, silent, puts off, cuts and refuses, and letters answered by machines',
  async play(stage) {
    const { crew, recorder, outside } = stage
    const { history } = recorder
    const begin = async (name: keyof typeof buyers): Promise<Mailed> => ({
      ...(await crew.begin(name)),
      to: buyers[name].email,
    })
    const talks = [...crew.talks]
    const [marta, omar, third] = [await begin('marta'), await begin('omar'), await begin('oluwaseun')]
    const strangers: Talk[] = []
    for (let at = 0; at < bouncing; at += 1) strangers.push(await stranger(stage, at))
    crew.talks.push(...strangers)
    const office = await openPostOffice()
    let cutFrom = 0
    const answer = ({ answers, conversationId, to }: Mailed, text: string) => {
      answers.say(conversationId, text)
      return { conversationId, to, text }
    }
    /** Brings the next try forward until nothing is planned any more. */
    const settle = (...about: Talk[]) =>
      until(async () => {
        if (await isDone(stage, about)) return true
        await mailNow(stage, ...about)
        await stage.pause(300)
        return false
      }, stage.within(mailWithinMs))
    const settles = async (what: string, ...about: Talk[]) =>
      stage.must((await settle(...about)) !== undefined, `Letters were still planned ${what}.`)
    const from = recorder.now()
    try {
      stage.load(10, { cuts: false, talks })
      await stage.pause(1_000)
      await stage.fault('the mail server is down', async () => {
        history.mails.push(answer(marta, 'said while the mail server was down'))
        await stored(stage, [marta])
        for (let tries = 0; tries < moreTries; tries += 1) {
          await mailNow(stage, marta)
          await stage.pause(700)
        }
        stage.must(!(await isDone(stage, [marta])), 'A letter was given up while the mail server was down.')
      })
      await stage.fault('the mail server says nothing', async () => {
        office.mood = 'saysNothing'
        outside.mail.leadTo(office.port)
        await mailNow(stage, marta)
        await stage.pause(5_000)
      })
      stage.must(office.received.length === 0, 'A letter went out to a server that was not there.')
      office.mood = 'takes'
      await settles('after the mail server was back', marta)

      await stage.fault('everybody is put off the first time', async () => {
        office.mood = 'greylists'
        history.mails.push(answer(omar, 'said while newcomers were put off'))
        await stored(stage, [omar])
        await settles('after everybody had been put off once', omar)
        stage.must(office.turnedAway.includes(omar.to), 'Nobody was put off.', office.turnedAway)
      })

      cutFrom = office.received.length
      await stage.fault('the mail server takes a letter and cuts before its yes, each time', async () => {
        office.mood = 'takesAndHangsUp'
        history.mails.push(answer(third, 'said while the line was cut'))
        await stored(stage, [third])
        await settles('to a server that never says yes', third)
      })
      const cutTo = office.received.length

      await stage.fault(`${bouncing} addresses that nobody has`, () =>
        bounce(stage, office, strangers, settles),
      )
      office.mood = 'takes'
      for (const talk of [marta, omar, third]) {
        history.mails.push(answer(talk, `said to ${talk.customer.name} after all`))
      }
      await stored(stage, [marta, omar, third])
      await settles('after everything', marta, omar, third)
      await stage.fault('every letter is answered by a machine', () =>
        answerAll(stage, office, [marta, omar, third]),
      )
      history.letters = office.received.map(({ headers, to, text }, at) => ({
        messageId: headers.get('message-id') ?? '',
        to: to[0] ?? '',
        conversationId: '',
        text,
        // For the sender a cut before the yes is what its own death would be.
        isSenderKilled: at >= cutFrom && at < cutTo,
      }))
    } finally {
      outside.mail.leadTo(undefined)
      await office.close()
    }
    const p99 = quantile(
      recorder.ackMs(({ submittedAt }) => submittedAt > from),
      0.99,
    )
    stage.must(p99 < stage.within(ackWithinMs), `Acknowledgements took ${Math.round(p99)} ms (p99).`)
  },
}

/** What was said is stored, and with it the letter that is owed for it. */
async function stored(stage: Stage, talks: readonly Talk[]): Promise<void> {
  const isStored = () =>
    talks.every(({ answers, conversationId }) => answers.feed(conversationId).get().pending.length === 0)
  stage.must((await until(isStored, stage.within(10_000))) !== undefined, 'An answer was not stored.')
}

/** Strangers who gave an address that does not exist: each is written to once, and not again. */
async function bounce(
  stage: Stage,
  office: PostOffice,
  strangers: readonly Talk[],
  settles: (what: string, ...about: Talk[]) => Promise<void>,
): Promise<void> {
  const { store } = stage
  office.mood = 'refusesRecipient'
  const before = office.turnedAway.length
  for (const { answers, conversationId } of strangers) answers.say(conversationId, 'Are you still there?')
  await stored(stage, strangers)
  await settles('to addresses that nobody has', ...strangers)
  for (let tries = 0; tries < moreTries; tries += 1) {
    await mailNow(stage, ...strangers)
    await stage.pause(500)
  }
  const turned = office.turnedAway.slice(before)
  stage.must(
    turned.length === bouncing && new Set(turned).size === bouncing,
    `${bouncing} addresses that nobody has were written to ${turned.length} times.`,
    turned,
  )
  const [row] = await store.query<{ n: number }>(
    `select count(*)::int as n from mails where conversation_id = any($1) and dropped_because = 'refused'`,
    [strangers.map(({ conversationId }) => conversationId)],
  )
  stage.must(row?.n === bouncing, `${row?.n} of ${bouncing} letters are marked as refused.`)
}

async function stranger({ crew }: Stage, at: number): Promise<Talk> {
  const customer = await crew.add(visit(crew.options, `stranger-${at}`))
  const { choices } = await customer.ask('describeChoices', { about: {} })
  const form = choices.find(({ with: whom }) => whom.kind === 'support')?.form
  const email = form?.fields.find(({ type }) => type === 'email')
  if (!form || !email) throw new Error('The form before a chat asks for no address.')
  const { topics } = await crew.members.ines.ask('viewSite', {})
  const { conversationId } = await customer.ask('startConversation', {
    requestId: newRequestId(),
    with: { kind: 'support' },
    about: {},
    answers: { ...intakeFor(form, topics, 'A question'), [email.id]: `nobody-${at}@bounce.example` },
  })
  crew.entitle(customer, conversationId, null)
  const answers = crew.members.priya
  await answers.ask('takeConversation', { requestId: newRequestId(), conversationId, from: null })
  customer.follow(conversationId)
  answers.follow(conversationId)
  return { conversationId, customer, answers, vendorId: null }
}

/** Nothing of ours reads mail: a machine that answers a letter finds nobody, and makes nobody write again. */
async function answerAll(stage: Stage, office: PostOffice, talks: readonly Talk[]): Promise<void> {
  const { cluster } = stage
  const unmarked = office.received.filter(({ headers }) => headers.get('auto-submitted') !== 'auto-generated')
  stage.must(unmarked.length === 0, 'A letter is not marked as written by a machine.', unmarked[0]?.raw)
  const letters = office.received.length
  for (const node of cluster.nodes) {
    const said = await dictate(node.port, office.received[0]?.to[0] ?? '')
    stage.must(!said.startsWith('2'), 'A node took mail.', said)
  }
  await mailNow(stage, ...talks)
  await stage.pause(2_000)
  stage.must(office.received.length === letters, 'A letter answered by a machine made another letter.')
}

/** What a mail server would say to a node, and what the node says to that. */
async function dictate(port: number, from: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let said = ''
  socket
    .on('error', () => {})
    .on('data', (text: string) => {
      said += text
    })
  socket.setTimeout(5_000, () => socket.destroy())
  socket.write(`EHLO post.example\r\nMAIL FROM:<${from}>\r\nRCPT TO:<parley@localhost>\r\nDATA\r\n`)
  await once(socket, 'close')
  return said
}
