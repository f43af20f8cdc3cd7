import { count, euros, longDay } from '../format.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup } from '../markup.ts'
import { thumbnail } from '../parts.ts'
import type { Person } from '../person.ts'
import { type Purchase, purchasesOf } from '../purchase.ts'
import type { Visit } from '../visit.ts'

export function progressText(purchase: Purchase, now: Date): string {
  if (purchase.deliveredAt) return `Delivered on ${longDay(purchase.deliveredAt, now, true)}`
  const last = purchase.steps.findLast((step) => step.reached)
  return `${last?.name ?? 'Ordered'}, should arrive on ${longDay(purchase.expectedAt, now, true)}`
}

function orderRow(purchase: Purchase, now: Date): Markup {
  const names = purchase.lines.map((line) => line.name).join(', ')
  return html`<li class="order-row">
    <div class="order-thumbs">${purchase.lines.map((line) => thumbnail(line))}</div>
    <div class="order-words">
      <h2><a class="card-link" href="/demo/orders/${purchase.orderId}">${purchase.label}</a></h2>
      <p>${progressText(purchase, now)}</p>
      <p class="quiet">${names}</p>
    </div>
    <p class="order-sum"><strong>${euros(purchase.totalPrice)}</strong><span class="quiet">${count(purchase.lines.length, 'item', 'items')}</span></p>
    ${icon('right')}
  </li>`
}

export function ordersPage(visit: Visit, person: Person): Page {
  const purchases = purchasesOf(person)
  const empty =
    person.role === 'vendor'
      ? html`<div class="empty"><h2>Orders here are those of buyers</h2><p>You are signed in for ${person.vendorName}. What buyers ask you about their orders is in <a href="/console/">the console</a>.</p></div>`
      : html`<div class="empty"><h2>No orders yet</h2><p>What you buy will be listed here, with its delivery, returns and refunds.</p><p><a class="button button-main" href="/demo/#everything">See everything</a></p></div>`
  return {
    title: 'Your orders',
    section: 'orders',
    body: html`<div class="narrow"><h1>Your orders</h1>${
      purchases.length > 0
        ? html`<ul class="order-list">${purchases.map((purchase) => orderRow(purchase, visit.now))}</ul>`
        : empty
    }</div>`,
  }
}
