import { assetPath } from '../assets.ts'
import { allProducts, allVendors, type CategoryKey, categories, type Vendor } from '../catalogue.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup } from '../markup.ts'
import { productGrid, thumbnail } from '../parts.ts'
import { coverName } from '../pictures/picture.ts'

function vendorCard(vendor: Vendor): Markup {
  return html`<li class="maker">
    <img class="maker-cover" src="${assetPath(coverName(vendor.key))}" alt="" width="1200" height="600" loading="lazy">
    <h3><a class="card-link" href="/demo/vendors/${vendor.vendorId}">${vendor.name}</a></h3>
    <p>${vendor.craft}, ${vendor.place}</p>
  </li>`
}

function category(key: CategoryKey): Markup {
  const first = allProducts.find((product) => product.category === key)
  return html`<li><a class="category" href="/demo/department/${key}">${first ? thumbnail(first) : ''}<span>${categories[key].name}</span></a></li>`
}

export function homePage(): Page {
  return {
    title: 'Made by few, kept for long',
    body: html`<section class="hero">
      <div class="hero-words">
        <h1>Made by few, kept for long</h1>
        <p>Three small makers, one place to ask them anything. Stoneware from Porto, leather from Bergen, oak and brass from Bristol.</p>
        <p class="actions"><a class="button button-main" href="#everything">See everything</a><a class="button" href="/demo/membership">Join the Circle</a></p>
      </div>
      <img class="hero-picture" src="${assetPath(coverName('marlow'))}" alt="A pour-over set, a satchel, a bowl, a lamp and a stool on one long table" width="1200" height="600">
    </section>
    <section class="block">
      <h2>Departments</h2>
      <ul class="categories">${(Object.keys(categories) as CategoryKey[]).map(category)}</ul>
    </section>
    <section class="block" id="everything">
      <h2>Everything on the shelf</h2>
      ${productGrid(allProducts)}
    </section>
    <section class="block">
      <h2>The makers</h2>
      <ul class="makers">${allVendors.map(vendorCard)}</ul>
    </section>
    <section class="promises" aria-label="What you can count on">
      <p>${icon('chat')}<span><strong>Ask the maker</strong> Every item and every order can be asked about, in one chat.</span></p>
      <p>${icon('back')}<span><strong>14 days to return</strong> Free if something arrives damaged.</span></p>
      <p>${icon('truck')}<span><strong>Sent by the maker</strong> From the studio to your door in about five days.</span></p>
    </section>`,
  }
}
