import { assetPath } from '../assets.ts'
import { allProducts, categories, findProduct, type Product } from '../catalogue.ts'
import { productContext } from '../chat-tag.ts'
import { addDays, dayRange, euros } from '../format.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { chatButton, productGrid, rating, trail } from '../parts.ts'
import { pictureName } from '../pictures/picture.ts'
import { deliveryPrice } from '../purchase.ts'
import type { Visit } from '../visit.ts'

/** Radio buttons choose the picture, so that it works by keyboard and without a script. */
function gallery(product: Product): Markup {
  const source = (index: number) => assetPath(pictureName(product.key, index + 1))
  return html`<div class="gallery">
    <fieldset class="gallery-choices"><legend class="unseen">Choose a picture</legend>
      ${product.views.map(
        (view, index) =>
          html`<label><input type="radio" name="view" value="${index + 1}"${index === 0 ? html` checked` : nothing}><img src="${source(index)}" alt="${view}" width="600" height="760"></label>`,
      )}
    </fieldset>
    <div class="gallery-stage">${product.views.map(
      (view, index) =>
        html`<img src="${source(index)}" alt="${product.name}: ${view.toLowerCase()}" width="600" height="760"${index === 0 ? nothing : html` loading="lazy"`}>`,
    )}</div>
  </div>`
}

export function productPage(visit: Visit, productId: string): Page | undefined {
  const product = findProduct(productId)
  if (!product) return undefined
  const { vendor } = product
  const arrival = dayRange(addDays(visit.now, 4), addDays(visit.now, 6))
  const delivery = visit.session.memberSince === undefined ? euros(deliveryPrice) : 'Free with the Circle'
  const others = allProducts.filter((other) => other.vendor.key === vendor.key && other.key !== product.key)
  return {
    title: product.name,
    section: product.category,
    calls: [['setContext', { product: productContext(product, visit.publicUrl) }]],
    body: html`${trail([
      ['Marlow', '/demo/'],
      [categories[product.category].name, `/demo/department/${product.category}`],
      [product.name],
    ])}
      <article class="product">
        ${gallery(product)}
        <div class="product-words">
          <p class="maker-line">${icon('shop')}<a href="/demo/vendors/${vendor.vendorId}">${vendor.name}, ${vendor.place}</a></p>
          <h1>${product.name}</h1>
          ${rating(product)}
          <p class="price">${euros(product.price)}</p>
          <p class="product-text">${product.words}</p>
          <ul class="facts"><li>${product.detail}</li>${product.facts.map((fact) => html`<li>${fact}</li>`)}</ul>
          ${chatButton('Ask about this item', 'open', '', true)}
          <noscript><p class="quiet">Chat needs JavaScript. Everything else works without it.</p></noscript>
          <dl class="promise-list">
            <div>${icon('truck')}<dt>Arrives ${arrival}</dt><dd>${delivery}, from ${vendor.place}</dd></div>
            <div>${icon('back')}<dt>14 days to return</dt><dd>Free if it arrives damaged</dd></div>
          </dl>
        </div>
      </article>
      <section class="block"><h2>More from ${vendor.name}</h2>${productGrid(others)}</section>`,
  }
}
