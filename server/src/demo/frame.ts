import { assetPath } from './assets.ts'
import { marlow } from './cast.ts'
import { type CategoryKey, categories } from './catalogue.ts'
import { type ChatCall, chatTag } from './chat-tag.ts'
import { icon } from './icons.ts'
import { html, type Markup, nothing } from './markup.ts'
import { firstName, type Person } from './person.ts'
import type { Visit } from './visit.ts'

export type Page = {
  title: string
  body: Markup
  status?: number
  /** The place in the navigation this page belongs to. */
  section?: CategoryKey | 'gifts' | 'orders' | 'membership' | 'account'
  /** What the page tells the chat, after who is here. */
  calls?: readonly ChatCall[]
  scripts?: readonly ('dialogs.js' | 'forms.js')[]
  search?: string
}

const places = [
  ...(Object.keys(categories) as CategoryKey[]).map((key) => ({ key, name: categories[key].name })),
  { key: 'gifts' as const, name: 'Gifts under €40' },
]

function current(isHere: boolean): Markup {
  return isHere ? html` aria-current="page"` : nothing
}

function accountLinks(person: Person | undefined, section: Page['section']): Markup {
  if (!person) {
    return html`<li><a class="account-link" href="/demo/register"${current(section === 'account')}>Register</a></li>
      <li><a class="account-link" href="/demo/sign-in">${icon('person')}<span>Sign in</span></a></li>`
  }
  const own =
    person.role === 'buyer'
      ? html`<li><a class="account-link" href="/demo/orders"${current(section === 'orders')}>${icon('box')}<span>Orders</span></a></li>`
      : html`<li><a class="account-link" href="/demo/vendors/${person.vendorId}">${icon('shop')}<span>Your shop</span></a></li>`
  return html`${own}
    <li><a class="account-link" href="/demo/sign-in" title="${person.name}">${icon('person')}<span>${firstName(person)}</span></a></li>
    <li><form method="post" action="/demo/sign-out" data-sign-out><button class="account-link" type="submit">Sign out</button></form></li>`
}

function header(visit: Visit, page: Page): Markup {
  return html`<header class="top">
    <div class="bar">
      <a class="brand" href="/demo/"><span class="brand-mark"></span>${marlow.name}</a>
      <form class="search" role="search" action="/demo/search">
        <label class="unseen" for="search">Search ${marlow.name}</label>
        ${icon('search')}
        <input id="search" name="q" type="search" maxlength="100" autocomplete="off" placeholder="Search cups, lamps, leather" value="${page.search ?? ''}">
      </form>
      <nav aria-label="Account"><ul class="account">
        <li class="roomy"><a class="account-link" href="/demo/membership"${current(page.section === 'membership')}>${icon('circle')}<span>Circle</span></a></li>
        ${accountLinks(visit.person, page.section)}
      </ul></nav>
    </div>
    <nav class="places" aria-label="Departments"><ul>
      ${places.map(
        (place) =>
          html`<li><a href="/demo/department/${place.key}"${current(page.section === place.key)}>${place.name}</a></li>`,
      )}
    </ul></nav>
  </header>`
}

function footer(): Markup {
  return html`<footer class="foot">
    <div>
      <p class="foot-brand"><span class="brand-mark"></span>${marlow.name}</p>
      <p>A demo shop: nothing is sold here, and the people and orders are made up.</p>
    </div>
    <nav aria-label="More"><ul>
      <li><a href="/demo/chat-tag">How this page carries the chat</a></li>
      <li><a href="/console/">The console, where chats are answered</a></li>
      <li><a href="/demo/membership">Marlow Circle</a></li>
      <li><a href="/demo/register">Register</a></li>
    </ul></nav>
  </footer>`
}

export function frame(options: {
  visit: Visit
  page: Page
  nonce: string
  token: string | undefined
}): Markup {
  const { visit, page, nonce, token } = options
  const calls: readonly ChatCall[] = [
    ...(token === undefined ? [] : [['identify', token] as const]),
    ...(page.calls ?? []),
  ]
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${page.title} · ${marlow.name}</title>
    <link rel="icon" href="${assetPath('favicon.svg')}" type="image/svg+xml">
    <link rel="stylesheet" href="${assetPath('shop.css')}">
    ${['chat.js', ...(page.scripts ?? [])].map((name) => html`<script type="module" src="${assetPath(name)}"></script>`)}
    ${chatTag({ publicUrl: visit.publicUrl, nonce, calls })}
  </head>
  <body${visit.person ? html` data-signed-in` : nothing}>
    <a class="skip" href="#main">Skip to the content</a>
    ${header(visit, page)}
    <main id="main" tabindex="-1">${page.body}</main>
    ${footer()}
  </body>
</html>`
}
