import { marlow } from '@parley/server/src/demo/cast.ts'
import { type Marketplace, vendorCount } from './marketplace.ts'

const chunk = 10_000
const spacingSeconds = 60

/**
 * Many finished conversations and some open ones, three messages and an answer each, spread over the past: two per cent
 * are open, half of all are with vendors. They are copies of two real ones, so that every column is as the log writes it.
 */
export async function fillConversations(marketplace: Marketplace, count: number): Promise<void> {
  const { database, members } = marketplace
  const customer = await marketplace.customer(0)
  const models: string[] = []
  for (const role of ['csr', 'vendor'] as const) {
    const member = members.find((candidate) => candidate.role === role)
    if (!member) throw new Error(`Nobody is ${role}.`)
    const model = await marketplace.start(customer, member, `model-${role}`)
    await marketplace.say(customer, model, ['Where is my order?', 'It was a gift.', 'Thank you.'])
    const answer = { messageId: `msg_${model}_answer`, text: 'It is on its way.', files: [] }
    await marketplace.append(member, model, { type: 'messageSent', payload: answer })
    models.push(model)
  }
  for (let from = 1; from <= count; from += chunk) {
    const to = Math.min(from + chunk - 1, count)
    await database.transaction(async (sql) => {
      await sql.query(contacts, [marlow.siteId, from, to])
      await sql.query(rows, [models[0], models[1], from, to, count, vendorCount, spacingSeconds])
      await sql.query(events, [models[0], models[1], from, to, count, spacingSeconds, vendorCount])
    }, 'long')
  }
  await database.query('analyze')
}

const contacts = `insert into contacts (site_id, contact_id, name, created_at)
  select $1, 'con_fill_' || n, 'Customer ' || n, now() from generate_series($2::int, $3::int) n`

const rows = `insert into conversations (site_id, conversation_id, contact_id, vendor_id, queue_id, assignee_id, status,
    topic_id, seq, customer_position, vendor_position, started_at, updated_at, customer_at, vendor_at,
    waiting_since, first_assigned_at,
    closed_at, rating, latest, state)
  select m.site_id, id, contact, v, q, a, s, m.topic_id, m.seq, m.customer_position, m.vendor_position, moment,
    moment + interval '5 minutes', moment + interval '5 minutes', moment + interval '5 minutes', case when s = 'waiting' then moment end, moment + interval '1 minute',
    case when s = 'closed' then moment + interval '6 minutes' end, case when n % 3 = 0 then 1 + n % 5 end, m.latest,
    m.state || jsonb_build_object('conversationId', id, 'status', s, 'startedAt', moment,
      'customer', (m.state->'customer') || jsonb_build_object('contactId', contact, 'name', 'Customer ' || n),
      'with', case when v is null then m.state->'with'
        else jsonb_build_object('kind', 'vendor', 'vendorId', v, 'name', 'Vendor ' || n % $6::int) end,
      'queue', jsonb_build_object('id', q, 'name', 'Queue'),
      'assignee', case when a is not null then (m.state->'assignee') || jsonb_build_object('memberId', a) end,
      'closedAt', case when s = 'closed' then moment + interval '6 minutes' end,
      'about', jsonb_build_object('order', jsonb_build_object('id', (40000 + n)::text, 'isVerified', true)))
  from (select n, 'cnv_fill_' || n as id, 'con_fill_' || n as contact,
      case when n % 2 = 0 then 'ven_bench_' || n % $6::int end as v,
      case when n % 2 = 0 then 'que_bench_' || n % $6::int when n % 10 = 1 then 'que_payments' else 'que_support' end as q,
      case when n % 50 = 0 and n % 4 = 0 then 'waiting' when n % 50 = 0 or n % 50 = 25 and n % 100 = 25 then 'open'
        else 'closed' end as s,
      now() - make_interval(secs => ($5::int - n) * $7::int) as moment
    from generate_series($3::int, $4::int) n) f
  cross join lateral (select case when s = 'waiting' then null when v is null then 'mem_bench_csr_' || n % 20
    else 'mem_bench_vendor_' || n % $6::int end as a) who
  join conversations m on m.conversation_id = case when v is null then $1 else $2 end`

const events = `insert into events (site_id, conversation_id, seq, customer_position, vendor_position, type, at,
    actor_id, request_id, request_part, fingerprint, by, payload)
  select e.site_id, 'cnv_fill_' || n, e.seq, e.customer_position, e.vendor_position, e.type,
    now() - make_interval(secs => ($5::int - n) * $6::int - e.seq), e.actor_id, e.request_id, e.request_part,
    e.fingerprint, e.by || jsonb_build_object('id', case when e.type = 'messageSent' and e.by->>'side' = 'customer'
      then 'con_fill_' || n else e.actor_id end),
    case when e.type = 'messageSent' then e.payload || jsonb_build_object('messageId', 'msg_fill_' || n || '_' || e.seq,
      'text', (array['the cup has a chip', 'a refund please', 'it was meant as a gift', 'when does it arrive',
        'thank you for your answer', 'the colour differs', 'can I change the address'])[1 + (n * 7 + e.seq * 3) % 7]
        || ' ' || (array['today', 'before Friday', 'order ' || (40000 + n), 'as told', 'soon'])[1 + (n + e.seq) % 5])
      when e.type = 'conversationStarted' and n % 2 = 0 then jsonb_set(e.payload, '{with,vendorId}',
        to_jsonb('ven_bench_' || n % $7::int))
      else e.payload end
  from generate_series($3::int, $4::int) n
  join events e on e.conversation_id = case when n % 2 = 0 then $2 else $1 end`
