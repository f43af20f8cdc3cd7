import { allProducts, type Product } from '../catalogue.ts'
import { orderContext, productContext, scriptJson } from '../chat-tag.ts'
import { count, euros, longDay, shortDay } from '../format.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { productGrid, thumbnail, trail } from '../parts.ts'
import { deliveryPrice, findPurchase, type Purchase } from '../purchase.ts'
import type { Visit } from '../visit.ts'
import { progressText } from './orders.ts'
import { nextStep, type Wish, wishDialog, wishes } from './wish.ts'

function wishButton(wish: Wish, purchase: Purchase, line: Product): Markup {
  return html`<form action="/demo/orders/${purchase.orderId}/${wish}">
    <button class="button" type="submit" name="item" value="${line.productId}" aria-describedby="line-${line.productId}" data-wish="${wish}" data-opens="${wish}-${line.productId}">${icon(wishes[wish].icon)}${wishes[wish].button}</button>
  </form>`
}

/** What the chat should know once a line is chosen; an order can hold goods of several vendors. */
function lineContext(purchase: Purchase, line: Product, publicUrl: string): string {
  return scriptJson({
    product: productContext(line, publicUrl),
    order: orderContext(purchase, line, publicUrl),
  })
}

function orderLine(visit: Visit, purchase: Purchase, line: Product): Markup {
  return html`<li class="line" data-order="${purchase.orderId}" data-product="${line.productId}" data-context="${lineContext(purchase, line, visit.publicUrl)}">
    ${thumbnail(line, 'line-picture')}
    <div class="line-words">
      <h3 id="line-${line.productId}"><a href="/demo/products/${line.productId}">${line.name}</a></h3>
      <p class="quiet">${line.detail}, sold by ${line.vendor.name}</p>
    </div>
    <p class="line-price">${euros(line.price)}</p>
    <div class="actions line-actions">${wishButton('return', purchase, line)}${wishButton('refund', purchase, line)}</div>
    ${wishDialog('return', visit, purchase, line)}${wishDialog('refund', visit, purchase, line)}
  </li>`
}

function progress(purchase: Purchase): Markup {
  return html`<ol class="steps">${purchase.steps.map(
    (step) =>
      html`<li class="${step.reached ? 'step step-reached' : 'step'}"><span class="step-name">${
        step.reached ? icon('check', 16) : nothing
      }${step.name}${step.reached ? nothing : html`<span class="unseen">, not yet</span>`}</span><span class="quiet">${step.reached ? '' : 'about '}${shortDay(step.date)}</span></li>`,
  )}</ol>`
}

function summary(visit: Visit, purchase: Purchase): Markup {
  return html`<div class="panel">
      <h2>Summary</h2>
      <dl class="sums">
        <div><dt>${count(purchase.lines.length, 'item', 'items')}</dt><dd>${euros(purchase.goodsPrice)}</dd></div>
        <div><dt>Delivery</dt><dd>${euros(deliveryPrice)}</dd></div>
        <div class="sums-total"><dt>Total</dt><dd>${euros(purchase.totalPrice)}</dd></div>
      </dl>
    </div>
    <div class="panel">
      <h2>${purchase.returnUntil ? `Return until ${longDay(purchase.returnUntil, visit.now)}` : '14 days to return'}</h2>
      <p class="quiet">${purchase.returnUntil ? '' : 'Counted from the day it arrives. '}Damaged items go back for free. Others cost ${euros(deliveryPrice)}.</p>
    </div>
    <div class="panel needs-script">
      <h2>Something else?</h2>
      <p class="quiet">Ask ${purchase.vendors.map((vendor) => vendor.name).join(', ')} or Marlow. They see this order, so you need not explain it.</p>
      <p><button type="button" class="button" data-chat="order" data-order="${purchase.orderId}">${icon('chat')}Ask about this order</button></p>
    </div>`
}

export function orderPage(visit: Visit, orderId: string): Page | undefined {
  const purchase = findPurchase(visit.person, orderId)
  const first = purchase?.lines[0]
  if (!purchase || !first) return undefined
  const bought = new Set(purchase.lines)
  const others = allProducts.filter(
    (product) => purchase.vendors.includes(product.vendor) && !bought.has(product),
  )
  return {
    title: purchase.label,
    section: 'orders',
    scripts: ['dialogs.js'],
    calls: [['setContext', { order: orderContext(purchase, first, visit.publicUrl) }]],
    body: html`<div class="narrow">
      ${trail([['Your orders', '/demo/orders'], [purchase.orderId]])}
      <h1>${purchase.label}</h1>
      <p class="lead">Placed on ${longDay(purchase.placedAt, visit.now)}</p>
      <div class="order">
        <section class="panel order-main">
          <h2>${progressText(purchase, visit.now)}</h2>
          ${progress(purchase)}
          <ul class="lines">${purchase.lines.map((line) => orderLine(visit, purchase, line))}</ul>
        </section>
        <aside class="order-side" aria-label="About this order">${summary(visit, purchase)}</aside>
      </div>
      ${
        others.length > 0
          ? html`<section class="block"><h2>More from ${purchase.vendors.map((vendor) => vendor.name).join(' and ')}</h2>${productGrid(others.slice(0, 4))}</section>`
          : nothing
      }
    </div>`,
  }
}

/** The same words as the dialog, for a browser that runs no script. */
export function wishPage(visit: Visit, wish: Wish, orderId: string, productId: string): Page | undefined {
  const purchase = findPurchase(visit.person, orderId)
  const line = purchase?.lines.find((one) => one.productId === productId)
  if (!purchase || !line) return undefined
  return {
    title: wishes[wish].title(line),
    section: 'orders',
    calls: [['setContext', { order: orderContext(purchase, line, visit.publicUrl), intent: wish }]],
    body: html`<div class="slim">
      ${trail([['Your orders', '/demo/orders'], [orderId, `/demo/orders/${orderId}`], [wishes[wish].button]])}
      <h1>${wishes[wish].title(line)}</h1>
      <div class="panel">${nextStep(wish, visit, purchase, line)}
        <p class="actions"><button type="button" class="button button-main needs-script" data-chat="order" data-order="${orderId}">Ask about it</button><a class="button" href="/demo/orders/${orderId}">Back to the order</a></p>
      </div>
    </div>`,
  }
}
