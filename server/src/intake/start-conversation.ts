import type { CustomerActor } from '@parley/shared/people.ts'
import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import type {
  About,
  Counterpart,
  NewEvent,
  PublicCustomer,
  SentFile,
} from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { claimFiles, messageIdOf } from '../conversations/index.ts'
import { isOpenAt, loadSite, presenceMs } from '../sites/index.ts'
import { sellsProduct } from '../vendors/index.ts'
import { type CheckedAnswers, checkAnswers } from './answers.ts'
import { mayChooseVendor } from './may-choose-vendor.ts'
import { shownNotice } from './shown-notice.ts'
import {
  type ContactFound,
  findContact,
  presentIn,
  type QueueFound,
  queueOfVendor,
  supportQueues,
} from './store.ts'

type Input = CommandInput<'startConversation'>

interface Beginning {
  counterpart: Counterpart
  queue: QueueFound
  about: About
  answers: CheckedAnswers
  customer: PublicCustomer
  contact: ContactFound
  isLeftMessage: boolean
  notice: Awaited<ReturnType<typeof shownNotice>>
  files: SentFile[]
}

/** Everything a first event needs, checked against the signed identity and the site's own rows, never the page's word. */
export async function prepareBeginning(
  parts: Parts,
  actor: CustomerActor,
  conversationId: string,
  input: Input,
): Promise<Beginning> {
  const site = await loadSite(parts, actor.siteId)
  const sql = parts.database
  const contact = await findContact(sql, actor.siteId, actor.contactId)
  if (!contact) throw new Refused('notFound')
  const form = input.with.kind === 'vendor' ? site.intake.vendor : site.intake.support
  const answers = checkAnswers(form, site.topics, actor, input.answers, {
    marketplace: site.branding.name,
    firstMessage: input.text,
  })
  const queue =
    input.with.kind === 'vendor'
      ? await queueOfChosenVendor(parts, actor, input.with.vendorId)
      : supportQueueFor(await supportQueues(sql, actor.siteId), answers.topic?.queueId ?? null)
  if (!queue) throw new Refused('notFound', input.with.kind === 'vendor' ? 'vendor.unknown' : 'queue.none')
  const about = checkAbout(actor, input, queue)
  if (queue.vendorId !== null && about.product !== undefined) {
    const isSold = await sellsProduct(sql, actor.siteId, queue.vendorId, about.product.id)
    if (!isSold && !isBought(actor, about.product.id, queue.vendorId))
      throw new Refused('notFound', 'product.unknown')
  }
  const now = parts.clock.now()
  const present = await presentIn(sql, actor.siteId, [queue.queueId], new Date(now.getTime() - presenceMs))
  const isOpen = queue.kind === 'vendor' || isOpenAt(site.hours, now)
  return {
    counterpart:
      queue.vendorId === null
        ? { kind: 'support', name: `${site.branding.name} support` }
        : { kind: 'vendor', vendorId: queue.vendorId, name: queue.vendorName ?? queue.name },
    queue,
    about,
    answers,
    contact,
    customer: {
      contactId: actor.contactId,
      name: actor.isVerified ? (actor.name ?? 'Buyer') : (answers.name ?? contact.name ?? 'Guest'),
      role: actor.isVerified ? actor.role : roleIn(input.answers),
      isVerified: actor.isVerified,
    },
    isLeftMessage: !isOpen || present.length === 0,
    notice: await shownNotice(parts, actor, site.branding.notice),
    files: await claimFiles(parts, actor, conversationId, input.fileIds),
  }
}

export function beginningEvents(
  actor: CustomerActor,
  conversationId: string,
  input: Input,
  beginning: Beginning,
): NewEvent[] {
  const { counterpart, queue, about, answers, customer, isLeftMessage, notice, files } = beginning
  const events: NewEvent[] = [
    {
      type: 'conversationStarted',
      payload: {
        with: counterpart,
        about,
        customer,
        queue: { id: queue.queueId, name: queue.name },
        topic: answers.topic && { id: answers.topic.id, label: answers.topic.label },
        answers: answers.shown,
        isLeftMessage,
        ...(notice && { notice }),
      },
    },
  ]
  if (answers.email !== null || answers.hidden.length > 0)
    events.push({
      type: 'contactDetailsGiven',
      payload: { ...(answers.email === null ? {} : { email: answers.email }), answers: answers.hidden },
    })
  const text = input.text ?? answers.description ?? ''
  if (text !== '' || files.length > 0)
    events.push({
      type: 'messageSent',
      payload: { messageId: messageIdOf(actor, conversationId, input.requestId), text, files },
    })
  return events
}

async function queueOfChosenVendor(
  parts: Parts,
  actor: CustomerActor,
  vendorId: string,
): Promise<QueueFound | undefined> {
  const queue = await queueOfVendor(parts.database, actor.siteId, vendorId)
  return queue && (await mayChooseVendor(parts, actor, vendorId)) ? queue : undefined
}

function supportQueueFor(queues: readonly QueueFound[], queueId: string | null): QueueFound | undefined {
  return queues.find((queue) => queue.queueId === queueId) ?? queues[0]
}

function roleIn(answers: Readonly<Record<string, string>>): 'buyer' | 'vendor' {
  return answers.role === 'vendor' ? 'vendor' : 'buyer'
}

/** An order counts only when the signed identity names it; a vendor only about an order that is its own. */
function checkAbout(actor: CustomerActor, input: Input, queue: QueueFound): About {
  const { page, product, order, intent } = input.about
  const about: About = {
    ...(page === undefined ? {} : { page: withoutUndefined(page) }),
    ...(intent === undefined ? {} : { intent }),
  }
  if (product !== undefined) {
    const { vendorId: _vendorId, ...label } = product
    about.product = withoutUndefined(label)
  }
  if (order !== undefined) {
    const known = actor.orders.find((candidate) => candidate.id === order.id)
    if (actor.isVerified && !known) throw new Refused('notFound', 'order.unknown')
    if (queue.vendorId !== null && !known?.vendorIds.includes(queue.vendorId))
      throw new Refused('notFound', 'order.unknown')
    const { vendorId: _vendorId, ...label } = order
    about.order = {
      ...withoutUndefined(label),
      ...(known?.label === undefined ? {} : { label: known.label }),
      isVerified: known !== undefined,
    }
  }
  return about
}

/** The signed identity knows a product of this vendor's in one of its orders, whatever the catalogue says of it today. */
function isBought(actor: CustomerActor, productId: string, vendorId: string): boolean {
  return actor.orders.some(
    ({ vendorIds, productIds }) =>
      vendorIds.length === 1 && vendorIds[0] === vendorId && productIds?.includes(productId),
  )
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof Value]: Exclude<Value[K], undefined>
  }
}
