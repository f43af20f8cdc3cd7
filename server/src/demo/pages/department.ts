import { allProducts, categories, isCategory, type Product, searchProducts } from '../catalogue.ts'
import { count } from '../format.ts'
import type { Page } from '../frame.ts'
import { html, type Markup } from '../markup.ts'
import { productGrid, trail } from '../parts.ts'

const giftPrice = 40

export function departmentPage(key: string): Page | undefined {
  if (key === 'gifts') {
    const gifts = allProducts.filter((product) => product.price < giftPrice)
    return listing('gifts', 'Gifts under €40', 'Small things that arrive wrapped.', gifts)
  }
  if (!isCategory(key)) return undefined
  const { name, line } = categories[key]
  return listing(
    key,
    name,
    line,
    allProducts.filter((product) => product.category === key),
  )
}

function listing(
  section: NonNullable<Page['section']>,
  name: string,
  line: string,
  products: readonly Product[],
): Page {
  return {
    title: name,
    section,
    body: html`${trail([['Marlow', '/demo/'], [name]])}
      <h1>${name}</h1>
      <p class="lead">${line}</p>
      ${productGrid(products)}`,
  }
}

function nothingFound(query: string): Markup {
  return html`<div class="empty">
    <h2>Nothing found for “<bdi>${query}</bdi>”</h2>
    <p>Try fewer words, or a material: stoneware, leather, brass, oak.</p>
  </div>
  <section class="block"><h2>Everything on the shelf</h2>${productGrid(allProducts)}</section>`
}

export function searchPage(query: string): Page {
  const found = searchProducts(query)
  if (query === '') {
    return {
      title: 'Search',
      search: '',
      body: html`<h1>Search</h1><p class="lead">Write what you look for, for example “blue bowl” or “Porto”.</p>${productGrid(allProducts)}`,
    }
  }
  return {
    title: `Search: ${query}`,
    search: query,
    body: html`<h1>Search</h1>
      ${
        found.length > 0
          ? html`<p class="lead" role="status">${count(found.length, 'item', 'items')} for “<bdi>${query}</bdi>”</p>${productGrid(found)}`
          : nothingFound(query)
      }`,
  }
}
