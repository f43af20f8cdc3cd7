import { allProducts } from '../catalogue.ts'
import { type ChatCall, chatScript, orderContext, productContext, tagAddress } from '../chat-tag.ts'
import type { Page } from '../frame.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { castBuyers } from '../person.ts'
import { contentSecurityPolicy } from '../protection.ts'
import { findPurchase } from '../purchase.ts'
import type { Visit } from '../visit.ts'

const signing = `import { SignJWT } from 'jose'

const token = await new SignJWT({
  role: 'buyer',
  name: 'Marta Oliveira',
  email: 'marta@studio.example',
  email_verified: true,
  orders: [
    {
      id: '48213',
      label: 'Order 48213',
      vendorIds: ['ven_kiln'],
      productIds: ['prd_pourover', 'prd_bowl'],
    },
  ],
})
  .setProtectedHeader({ alg: 'HS256', kid: process.env.PARLEY_KEY_ID })
  .setIssuer('your-shop')
  .setAudience('parley')
  .setSubject('buyer-1001')
  .setIssuedAt()
  .setExpirationTime('10m')
  .sign(new TextEncoder().encode(process.env.PARLEY_SECRET))`

const refreshing = `Parley('on', 'identityExpiring', async () => {
  const answer = await fetch('/demo/identity-token')
  if (answer.ok) Parley('identify', (await answer.json()).token)
})`

const calls: readonly (readonly [call: string, meaning: string])[] = [
  ["Parley('open')", 'Opens the chat, about whatever the page is about.'],
  ["Parley('openTo', 'order', '48213')", 'Opens it with that order chosen.'],
  [
    "Parley('track', 'return_clicked', { orderId, productId })",
    'Says what just happened. A rule of yours may offer help.',
  ],
  ["Parley('track', 'registration_failed', { field })", 'The name of the field, never what was typed.'],
  ["Parley('track', 'payment_declined', { declineClass })", 'The class the bank gave, never the card.'],
  ["Parley('logout')", 'Leaves nothing of the person in this browser. Call it before you sign somebody out.'],
]

function code(text: string, label: string): Markup {
  return html`<pre class="code" tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`
}

function tag(publicUrl: string, made: readonly ChatCall[]): string {
  const script = made.length > 0 ? `<script>${chatScript(made)}</script>\n` : ''
  return `${script}<script async src="${tagAddress(publicUrl)}"></script>`
}

export function chatTagPage(visit: Visit): Page {
  const { publicUrl } = visit
  const product = allProducts[0]
  const purchase = findPurchase(castBuyers[0], '48213')
  const line = purchase?.lines[0]
  return {
    title: 'How this page carries the chat',
    body: html`<div class="slim text">
      <h1>How this page carries the chat</h1>
      <p class="lead">Every page of this shop carries one tag. The address names the site, and that is all a page needs.</p>
      ${code(tag(publicUrl, []), 'The tag')}
      <h2>Say who is here</h2>
      <p>When somebody is signed in, your server signs a token and the page passes it on. Without a token the visitor is anonymous and is asked for a name.</p>
      ${code(tag(publicUrl, [['identify', 'eyJhbGciOiJIUzI1NiIsImtpZCI6…']]), 'The tag with a signed identity')}
      <p>The token is made on the server, lives ten minutes at most, and lists the orders this person may talk about. What is not in the token is only a label.</p>
      ${code(signing, 'Signing a token with Node.js')}
      <p>Before it runs out, the chat asks for a new one:</p>
      ${code(refreshing, 'Fetching a new token')}
      <h2>Say what the page is about</h2>
      ${product ? code(tag(publicUrl, [['setContext', { product: productContext(product, publicUrl) }]]), 'A product page') : nothing}
      ${
        purchase && line
          ? code(
              tag(publicUrl, [
                ['setContext', { order: orderContext(purchase, line, publicUrl), intent: 'refund' }],
              ]),
              'An order page',
            )
          : nothing
      }
      <h2>Say what happens</h2>
      <dl class="calls">${calls.map(([call, meaning]) => html`<div><dt><code>${call}</code></dt><dd>${meaning}</dd></div>`)}</dl>
      <h2>A strict policy is fine</h2>
      <p>These pages are served with this Content-Security-Policy. The nonce is new on each page.</p>
      ${code(contentSecurityPolicy('…', new URL(publicUrl).origin).replaceAll('; ', ';\n'), 'Content-Security-Policy')}
      <p class="actions"><a class="button button-main" href="/console/">Open the console</a><a class="button" href="/demo/">Back to the shop</a></p>
    </div>`,
  }
}
