import { assetPath } from './assets.ts'
import type { Product } from './catalogue.ts'
import { euros } from './format.ts'
import { icon } from './icons.ts'
import { html, type Markup, nothing } from './markup.ts'
import { pictureName } from './pictures/picture.ts'

export function thumbnail(product: Product, className = 'thumb'): Markup {
  return html`<img class="${className}" src="${assetPath(pictureName(product.key, 1))}" alt="" width="600" height="760" loading="lazy">`
}

function productCard(product: Product): Markup {
  return html`<li class="card">
    <a class="card-link" href="/demo/products/${product.productId}">
      ${thumbnail(product, 'card-picture')}
      <span class="card-name">${product.name}</span>
    </a>
    <span class="card-maker">${product.vendor.name}, ${product.vendor.place}</span>
    <span class="card-price">${euros(product.price)}</span>
  </li>`
}

export function productGrid(products: readonly Product[]): Markup {
  return html`<ul class="grid">${products.map(productCard)}</ul>`
}

export function rating(product: Product): Markup {
  return html`<p class="rating">${icon('star', 16)}<span>${product.rating} from ${product.ratedBy} buyers</span></p>`
}

export function trail(steps: readonly (readonly [name: string, href?: string])[]): Markup {
  return html`<nav class="trail" aria-label="You are here"><ol>
    ${steps.map(([name, href]) =>
      href === undefined
        ? html`<li aria-current="page">${name}</li>`
        : html`<li><a href="${href}">${name}</a></li>`,
    )}
  </ol></nav>`
}

export function notice(kind: 'bad' | 'good', title: string, text: Markup | string = nothing): Markup {
  return html`<div class="notice notice-${kind}" role="${kind === 'bad' ? 'alert' : 'status'}">
    ${icon(kind === 'bad' ? 'alert' : 'check')}<div><p class="notice-title">${title}</p>${text}</div>
  </div>`
}

/** Only with a script can the chat open, so without one the button is not shown (see `needs-script`). */
export function chatButton(label: string, call: 'open' | 'order', orderId = '', main = false): Markup {
  return html`<button type="button" class="button needs-script${main ? ' button-main' : ''}" data-chat="${call}"${
    orderId ? html` data-order="${orderId}"` : nothing
  }>${icon('chat')}${label}</button>`
}
