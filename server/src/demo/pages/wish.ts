import type { Product } from '../catalogue.ts'
import { euros, longDay } from '../format.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { deliveryPrice, type Purchase } from '../purchase.ts'
import type { Visit } from '../visit.ts'

/** What a buyer may want of a line that arrived, or has not. */
export type Wish = 'return' | 'refund'

export const wishes = {
  return: {
    button: 'Return item',
    icon: 'back',
    title: (line: Product) => `Return the ${line.name.toLowerCase()}`,
  },
  refund: {
    button: 'Ask for a refund',
    icon: 'card',
    title: (line: Product) => `A refund for the ${line.name.toLowerCase()}`,
  },
} as const

function deadline(visit: Visit, purchase: Purchase): Markup {
  if (!purchase.returnUntil)
    return html`<p>It has not arrived yet. You can still tell ${purchase.vendors[0]?.name} what you would like.</p>`
  const day = longDay(purchase.returnUntil, visit.now)
  return purchase.returnUntil.getTime() + 86_400_000 > visit.now.getTime()
    ? html`<p>You can send it back until ${day}.</p>`
    : html`<p>The 14 days ended on ${day}. Ask all the same: for damage the maker still helps.</p>`
}

export function nextStep(wish: Wish, visit: Visit, purchase: Purchase, line: Product): Markup {
  const maker = line.vendor.name
  const steps =
    wish === 'return'
      ? [
          `Tell ${maker} why it goes back. A photo helps if it is damaged.`,
          `${maker} sends you a label, mostly within two days.`,
          `Your money comes back within three days after the parcel arrives. Damaged items go back for free, others cost ${euros(deliveryPrice)}.`,
        ]
      : [
          `Say what went wrong and whether you would rather have a new one.`,
          `${maker} answers first. If you do not agree, Marlow decides.`,
          `${euros(line.price)} goes back to the card you paid with, within three days after the decision.`,
        ]
  return html`${wish === 'return' ? deadline(visit, purchase) : nothing}<ol class="next-steps">${steps.map((step) => html`<li>${step}</li>`)}</ol>`
}

export function wishDialog(wish: Wish, visit: Visit, purchase: Purchase, line: Product): Markup {
  const id = `${wish}-${line.productId}`
  return html`<dialog class="dialog" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title" tabindex="-1">${wishes[wish].title(line)}</h2>
    ${nextStep(wish, visit, purchase, line)}
    <form method="dialog" class="actions">
      <button type="submit" class="button button-main" value="ask" data-chat="order" data-order="${purchase.orderId}">Ask about it</button>
      <button type="submit" class="button" value="close">Close</button>
    </form>
  </dialog>`
}
