import type { CustomerActor } from '@parley/shared/people.ts'
import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import type { Choice, Choices, IntakeForm } from '@parley/shared/protocol/reading.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommand } from '../app/site-command.ts'
import { closesAt, isOpenAt, loadSite, opensAt, presenceMs, type Site } from '../sites/index.ts'
import { shownStandingOf } from '../vendors/index.ts'
import { mayChooseVendor } from './may-choose-vendor.ts'
import {
  findContact,
  movableConversations,
  presentIn,
  queueOfVendor,
  ratingOfVendor,
  supportQueues,
  usualReplyMs,
} from './store.ts'

/** On these intents money or policy is at stake: the marketplace comes first. */
const supportFirst = new Set(['refund', 'registration', 'checkout', 'payment'])

export const describeChoices: SiteCommand<'describeChoices'> = async ({ actor, input, sql, parts }) => {
  if (actor.kind !== 'customer') throw new Refused('notAllowed')
  const site = await loadSite(parts, actor.siteId)
  const now = parts.clock.now()
  const seenAfter = new Date(now.getTime() - presenceMs)
  const times = hoursOf(site, now)

  const queues = await supportQueues(sql, actor.siteId)
  const queueIds = queues.map((queue) => queue.queueId)
  const [present, reply, contact, movable] = await Promise.all([
    presentIn(sql, actor.siteId, queueIds, seenAfter),
    usualReplyMs(sql, actor.siteId, queueIds),
    findContact(sql, actor.siteId, actor.contactId),
    movableConversations(sql, actor.siteId, actor.visitorId, actor.contactId),
  ])
  const support: Choice = {
    id: 'support',
    with: { kind: 'support', name: `${site.branding.name} support` },
    purpose: 'Payments, refunds, your account, safety.',
    isAvailable: times.isOpen && present.length > 0,
    present: present.slice(0, 3),
    usualReplyMs: reply,
    rating: null,
    standing: null,
    opensAt: times.opensAt,
    closesAt: times.closesAt,
    form: site.intake.support,
  }
  const vendorId = vendorOf(actor, input.about)
  const vendor = vendorId === undefined ? undefined : await vendorChoice(vendorId)
  const choices = vendor === undefined ? [support] : [vendor, support]
  if (supportFirst.has(input.about.intent ?? '')) choices.reverse()

  async function vendorChoice(id: string): Promise<Choice | undefined> {
    const queue = await queueOfVendor(sql, site.siteId, id)
    if (!queue?.vendorId || !(await mayChooseVendor(parts, actor, id))) return undefined
    const [people, usual, rating, standing] = await Promise.all([
      presentIn(sql, site.siteId, [queue.queueId], seenAfter),
      usualReplyMs(sql, site.siteId, [queue.queueId]),
      ratingOfVendor(sql, site.siteId, queue.vendorId),
      shownStandingOf(sql, site.siteId, queue.vendorId, now),
    ])
    return {
      id: `vendor:${queue.vendorId}`,
      with: { kind: 'vendor', vendorId: queue.vendorId, name: queue.vendorName ?? queue.name },
      purpose: 'Knows this item, its stock and its delivery.',
      isAvailable: people.length > 0,
      present: people.slice(0, 3),
      usualReplyMs: usual,
      rating,
      standing,
      opensAt: null,
      closesAt: null,
      form: site.intake.vendor,
    }
  }

  return {
    choices: choices.map((choice) => ({ ...choice, form: formFor(choice.form, actor) })),
    me: {
      contactId: actor.contactId,
      name: contact?.name ?? actor.name,
      email: contact?.isEmailVerified ? contact.email : null,
      role: actor.role,
      isVerified: actor.isVerified,
      orders: actor.orders.map((order) => ({ id: order.id, label: order.label ?? `Order ${order.id}` })),
    },
    movable: actor.isVerified ? movable : [],
    canMailTranscript: parts.config.smtpUrl !== undefined,
    notice: site.branding.notice || null,
  } satisfies Choices
}

function hoursOf(site: Site, now: Date) {
  return {
    isOpen: isOpenAt(site.hours, now),
    opensAt: opensAt(site.hours, now)?.toISOString() ?? null,
    closesAt: closesAt(site.hours, now)?.toISOString() ?? null,
  }
}

/** The vendor of the order the signed identity knows, else the one the page names. */
function vendorOf(actor: CustomerActor, about: CommandInput<'describeChoices'>['about']): string | undefined {
  const order = actor.orders.find((known) => known.id === about.order?.id)
  if (order) {
    const named = about.order?.vendorId ?? about.product?.vendorId
    return order.vendorIds.find((id) => id === named) ?? order.vendorIds[0]
  }
  return about.order ? undefined : about.product?.vendorId
}

/** What the signed identity tells is not asked again. */
function formFor(form: IntakeForm, actor: CustomerActor): IntakeForm {
  if (!actor.isVerified) return form
  return {
    ...form,
    fields: form.fields.filter(
      (field) =>
        field.filledBy !== 'role' &&
        field.filledBy !== 'email' &&
        !(field.filledBy === 'name' && actor.name !== null),
    ),
  }
}
