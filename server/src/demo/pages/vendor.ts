import { assetPath } from '../assets.ts'
import { allProducts, findVendor } from '../catalogue.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, nothing } from '../markup.ts'
import { chatButton, productGrid, trail } from '../parts.ts'
import { coverName } from '../pictures/picture.ts'
import type { Visit } from '../visit.ts'

export function vendorPage(visit: Visit, vendorId: string): Page | undefined {
  const vendor = findVendor(vendorId)
  if (!vendor) return undefined
  const isOwn = visit.person?.role === 'vendor' && visit.person.vendorId === vendorId
  return {
    title: vendor.name,
    body: html`${trail([['Marlow', '/demo/'], [vendor.name]])}
      <section class="maker-head">
        <div>
          <p class="maker-line">${icon('shop')}<span>${vendor.craft}, ${vendor.place}</span></p>
          <h1>${vendor.name}</h1>
          <p class="lead">${vendor.words}</p>
          <p class="quiet">On Marlow since ${vendor.since}</p>
          ${
            isOwn
              ? html`<div class="own-shop"><p><strong>This is your shop.</strong> Questions of buyers are answered in <a href="/console/">the console</a>. For payouts and listings, ask Marlow.</p>${chatButton('Ask Marlow', 'open')}</div>`
              : nothing
          }
        </div>
        <img class="maker-picture" src="${assetPath(coverName(vendor.key))}" alt="The work of ${vendor.name}" width="1200" height="600">
      </section>
      <section class="block"><h2>On the shelf</h2>${productGrid(
        allProducts.filter((product) => product.vendor.key === vendor.key),
      )}</section>`,
  }
}
