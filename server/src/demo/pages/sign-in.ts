import { count } from '../format.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { castBuyers, castVendorMembers, type Person } from '../person.ts'
import { purchasesOf } from '../purchase.ts'
import type { Visit } from '../visit.ts'

/** Only pages of this shop, so that nobody can be led elsewhere from here. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/demo\/[\w/-]*$/.test(next) ? next : undefined
}

function choice(person: Person, visit: Visit, next: string | undefined): Markup {
  const isNow = visit.person?.sub === person.sub
  return html`<li><form method="post" action="/demo/sign-in">
    ${next ? html`<input type="hidden" name="next" value="${next}">` : nothing}
    <button class="who" type="submit" name="person" value="${person.key}">
      <span class="who-tile who-${person.role}">${icon(person.role === 'vendor' ? 'shop' : 'person')}</span>
      <span class="who-words"><span class="who-name">${person.name}</span><span class="quiet">${
        person.role === 'vendor'
          ? `Answers for ${person.vendorName}`
          : count(purchasesOf(person).length, 'order', 'orders')
      }${isNow ? ', signed in now' : ''}</span></span>
      ${icon(isNow ? 'check' : 'right')}
    </button>
  </form></li>`
}

export function signInPage(visit: Visit, next?: string): Page {
  return {
    title: 'Sign in',
    section: 'account',
    body: html`<div class="slim">
      <h1>Choose who you are</h1>
      <p class="lead">This is a demo shop, so there is no password. ${next ? 'Choose somebody to go on.' : ''}</p>
      <h2 class="who-title">Buyers</h2>
      <ul class="who-list">${castBuyers.map((person) => choice(person, visit, next))}</ul>
      <h2 class="who-title">Vendors</h2>
      <ul class="who-list">${castVendorMembers.map((person) => choice(person, visit, undefined))}</ul>
      <p>Or <a href="/demo/register">register as somebody new</a>, or <a href="/demo/">look around</a> without a name.</p>
    </div>`,
  }
}
