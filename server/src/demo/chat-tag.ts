import { assetPath } from './assets.ts'
import { marlow } from './cast.ts'
import type { Product } from './catalogue.ts'
import { euros } from './format.ts'
import { html, type Markup, nothing, trusted } from './markup.ts'
import { pictureName } from './pictures/picture.ts'
import type { Purchase } from './purchase.ts'

export type ChatCall = readonly [name: string, ...values: unknown[]]

/** JSON that can stand in a script element: nothing in it can end the element or the line. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function chatScript(calls: readonly ChatCall[]): string {
  return [
    '',
    '  window.Parley = window.Parley || function () { (Parley.q = Parley.q || []).push(arguments) }',
    ...calls.map((call) => `  Parley(${call.map(scriptJson).join(', ')})`),
    '',
  ].join('\n')
}

export function tagAddress(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/w/${marlow.siteKey}.js`
}

/** What a site owner pastes: the calls only where there is something to say, then the tag. */
export function chatTag(options: { publicUrl: string; nonce: string; calls: readonly ChatCall[] }): Markup {
  const { publicUrl, nonce, calls } = options
  return html`${
    calls.length > 0 ? html`<script nonce="${nonce}">${trusted(chatScript(calls))}</script>` : nothing
  }
    <script async src="${tagAddress(publicUrl)}"></script>`
}

function image(publicUrl: string, product: Product): string {
  return new URL(assetPath(pictureName(product.key, 1)), publicUrl).href
}

export function productContext(product: Product, publicUrl: string) {
  return {
    id: product.productId,
    name: product.name,
    price: euros(product.price),
    image: image(publicUrl, product),
    vendorId: product.vendor.vendorId,
    vendorName: product.vendor.name,
  }
}

/** An order can hold the goods of several vendors; it is about the one whose line was chosen. */
export function orderContext(purchase: Purchase, line: Product, publicUrl: string) {
  return {
    id: purchase.orderId,
    label: purchase.label,
    image: image(publicUrl, line),
    vendorId: line.vendor.vendorId,
    vendorName: line.vendor.name,
  }
}
