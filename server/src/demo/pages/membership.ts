import { askBank, isExpired, passesLuhn } from '../card.ts'
import { type FieldRule, field, findProblems, type Problems, readFields } from '../fields.ts'
import { count, euros, longDay } from '../format.ts'
import type { Page } from '../frame.ts'
import { icon } from '../icons.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { chatButton, notice } from '../parts.ts'
import type { Visit } from '../visit.ts'

const monthlyPrice = 4.9

const cardRules: readonly FieldRule[] = [
  {
    name: 'holder',
    label: 'Name on the card',
    type: 'text',
    empty: 'Write the name as it stands on the card.',
    wrong: 'Write the name as it stands on the card.',
    pattern: '[^\\p{C}]*\\p{L}[^\\p{C}]*',
    autocomplete: 'cc-name',
    maxLength: 80,
  },
  {
    name: 'number',
    label: 'Card number',
    type: 'text',
    empty: 'Write the long number on the front of the card.',
    wrong: 'This number has too few or too many digits. Cards have 12 to 19.',
    pattern: '(?:[0-9][ \\-]?){12,19}',
    autocomplete: 'cc-number',
    inputmode: 'numeric',
    maxLength: 40,
  },
  {
    name: 'expiry',
    label: 'Good until',
    type: 'text',
    empty: 'Write month and year. Example: 09/29',
    wrong: 'Write month and year. Example: 09/29',
    pattern: '(?:0[1-9]|1[0-2]) ?\\/? ?[0-9]{2}',
    help: 'Month and year, such as 09/29',
    autocomplete: 'cc-exp',
    inputmode: 'numeric',
    maxLength: 7,
  },
  {
    name: 'code',
    label: 'Security code',
    type: 'text',
    empty: 'Write the 3 or 4 digits from the card.',
    wrong: 'The code has 3 or 4 digits.',
    pattern: '[0-9]{3,4}',
    help: '3 digits on the back, or 4 on the front',
    autocomplete: 'cc-csc',
    inputmode: 'numeric',
    maxLength: 4,
  },
]

export type Payment =
  | { outcome: 'accepted' }
  | { outcome: 'declined'; declineClass: string; values: Record<string, string> }
  | { outcome: 'incomplete'; problems: Problems; values: Record<string, string> }

export function readPayment(body: unknown, now: Date): Payment {
  const { number = '', ...values } = readFields(body, cardRules)
  const problems = findProblems({ ...values, number }, cardRules)
  if (!problems.number && !passesLuhn(number)) {
    problems.number = 'This number has a slip in it. Compare it with the card.'
  }
  if (!problems.expiry && isExpired(values.expiry ?? '', now)) {
    problems.expiry = 'This card has run out. Use another one.'
  }
  // Number and code never go back into a page.
  const kept = { holder: values.holder ?? '', expiry: values.expiry ?? '' }
  if (Object.keys(problems).length > 0) return { outcome: 'incomplete', problems, values: kept }
  const answer = askBank(number)
  return answer.accepted
    ? { outcome: 'accepted' }
    : { outcome: 'declined', declineClass: answer.declineClass, values: kept }
}

function offer(): Markup {
  return html`<div class="offer">
    <h2>${euros(monthlyPrice)} a month</h2>
    <ul class="offer-list">
      <li>${icon('check')}Free delivery from every maker</li>
      <li>${icon('check')}A note from the maker in every parcel</li>
      <li>${icon('check')}First look at new kilns and hides</li>
    </ul>
    <p class="quiet">End it whenever you like; it runs to the end of the month.</p>
    <div class="try"><h3>Cards to try</h3><p><code>4242 4242 4242 4242</code> is accepted.</p><p><code>4000 0000 0000 0002</code> is declined.</p></div>
  </div>`
}

function declined(): Markup {
  return notice(
    'bad',
    'Your bank said no. No money was taken.',
    html`<p>There may not be enough on the account today. Try another card, or ask us: we can keep your place.</p><p>${chatButton('Ask Marlow', 'open')}</p>`,
  )
}

function memberPage(visit: Visit, since: string): Page {
  return {
    title: 'Marlow Circle',
    section: 'membership',
    body: html`<div class="slim"><h1>Welcome to the Circle</h1>${notice(
      'good',
      `You are a member since ${longDay(new Date(since), visit.now)}`,
      html`<p>Delivery is free from today. ${euros(monthlyPrice)} leaves your card each month.</p>`,
    )}<p class="actions"><a class="button button-main" href="/demo/#everything">See everything</a></p></div>`,
  }
}

export function membershipPage(visit: Visit, payment?: Exclude<Payment, { outcome: 'accepted' }>): Page {
  if (visit.session.memberSince !== undefined) return memberPage(visit, visit.session.memberSince)
  const problems = payment?.outcome === 'incomplete' ? payment.problems : {}
  const wrong = cardRules.filter((rule) => problems[rule.name] !== undefined)
  const [holder, number, expiry, code] = cardRules.map((rule) =>
    field(rule, {
      value: payment?.values[rule.name] ?? '',
      problem: problems[rule.name],
      focused: rule === wrong[0],
    }),
  )
  return {
    title: 'Marlow Circle',
    section: 'membership',
    status: payment === undefined ? 200 : payment.outcome === 'declined' ? 402 : 422,
    scripts: ['forms.js'],
    calls:
      payment?.outcome === 'declined'
        ? [['track', 'payment_declined', { declineClass: payment.declineClass }]]
        : [],
    body: html`<div class="narrow">
      <h1>Join Marlow Circle</h1>
      <p class="lead">For people who come back.</p>
      ${payment?.outcome === 'declined' ? declined() : nothing}
      ${
        payment?.outcome === 'incomplete'
          ? notice(
              'bad',
              `${count(wrong.length, 'field needs', 'fields need')} another look`,
              'Write card number and code again: we do not keep them.',
            )
          : nothing
      }
      <div class="checkout">
        <form class="panel form" method="post" action="/demo/membership" data-validate>
          <h2>Pay by card</h2>
          ${holder}${number}<div class="pair">${expiry}${code}</div>
          <button class="button button-main button-wide" type="submit">Pay ${euros(monthlyPrice)} and join</button>
          <p class="quiet">This is a demo: no card is charged and no number is stored.</p>
        </form>
        ${offer()}
      </div>
    </div>`,
  }
}
