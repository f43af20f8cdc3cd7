import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createWidgetPages } from '@parley/server/src/widget/index.ts'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import express from 'express'
import { ordinarySite } from '../size/site.ts'

const distDir = fileURLToPath(new URL('../../widget/dist', import.meta.url))
const nonce = 'c2hvcA'

export interface ShopAndChat {
  /** A page of somebody else's shop, with the strictest policy a chat can live under. */
  shopUrl: string
  chatUrl: string
  siteKey: string
  /** Every request that has reached the chat's origin, upgrades included. */
  asked: string[]
  /** Serves this page of somebody's shop, under this policy, and answers its address. */
  write(page: string, policy?: string, path?: string): string
  stop(): Promise<void>
}

/** A shop on one origin that carries the tag, and the chat's pages on another; nothing behind them. */
export async function openShopAndChat(
  options: { fallbackUrl?: string; rules?: RulesFile; neverOn?: string[]; waitsForConsent?: boolean } = {},
): Promise<ShopAndChat> {
  const branding = { ...ordinarySite.branding, fallbackUrl: options.fallbackUrl ?? null }
  const asked: string[] = []
  let written: { page: string; policy: string; path: string } | undefined
  const chat = express()
  const chatServer = createServer(chat)
  const shopServer = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    const given = written?.path === request.url && written
    if (given) return response.setHeader('Content-Security-Policy', given.policy).end(given.page)
    const page = request.url === '/hostile' ? hostile : shop
    if (page === shop) response.setHeader('Content-Security-Policy', policy(chatUrl, shopUrl))
    return response.end(page(chatUrl))
  })
  const shopUrl = await listen(shopServer, '127.0.0.1')
  const chatUrl = (await listen(chatServer, '127.0.0.1')).replace('127.0.0.1', 'localhost')
  chat.use((request, _response, next) => {
    asked.push(request.url)
    next()
  })
  chatServer.on('upgrade', (request, socket) => {
    asked.push(`upgrade ${request.url}`)
    socket.destroy()
  })
  chat.use(
    createWidgetPages({
      distDir,
      findPanelSite: async (key) =>
        key === ordinarySite.key
          ? {
              public: { ...ordinarySite, branding, chatOrigin: chatUrl },
              panel: { ...ordinarySite, chatOrigin: chatUrl },
              allowedOrigins: [shopUrl],
              rules: options.rules && { ...options.rules, key: ordinarySite.key, origin: chatUrl },
              neverOn: options.neverOn ?? [],
              waitsForConsent: options.waitsForConsent,
              words: { welcome: '<p>Hello.</p>', closing: '' },
            }
          : undefined,
    }),
  )
  return {
    shopUrl,
    chatUrl,
    siteKey: ordinarySite.key,
    asked,
    write(page, policy = "script-src * 'unsafe-inline'; frame-src *", path = '/given') {
      written = { page, policy, path }
      return shopUrl + path
    },
    async stop() {
      for (const server of [shopServer, chatServer]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

async function listen(server: Server, host: string): Promise<string> {
  server.listen(0, host)
  await once(server, 'listening')
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

function policy(chatUrl: string, shopUrl: string): string {
  const other = shopUrl.replace('127.0.0.1', 'localhost')
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${chatUrl}`,
    "style-src 'none'",
    `frame-src ${chatUrl} ${other}`,
    "base-uri 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    // The shop's own policy, for its own scripts; the chat gets none.
    'trusted-types shop',
  ].join('; ')
}

const shop = (
  chatUrl: string,
) => `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>A shop</title></head><body>
<h1>A shop</h1><p><button id="buy">Buy</button></p>
<script nonce="${nonce}">
  window.shifts = 0
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts += entry.value })
    .observe({ type: 'layout-shift', buffered: true })
  window.violations = []
  window.trust = trustedTypes.createPolicy('shop', { createScriptURL: (address) => address })
  addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective))
  window.Parley = window.Parley || function () { (Parley.q = Parley.q || []).push(arguments) }
  window.heard = []
  for (const name of ['ready', 'opened', 'closed', 'unread', 'loadFailed', 'track'])
    Parley('on', name, (value) => window.heard.push([name, value]))
  Parley('setContext', { product: { id: 'p1', name: 'Blue bowl', price: '€38.00', vendorId: 'v1', vendorName: 'Kiln & Thread' } })
</script>
<script async src="${chatUrl}/w/${ordinarySite.key}.js"></script>
</body></html>`

/** A frame of somebody else on the same page, that tries to be the panel and to be the page. */
const hostile = () => `<!doctype html><script>
  window.got = []
  window.tries = 0
  addEventListener('message', (event) => window.got.push(event.data))
  setInterval(() => {
    window.tries += 1
    parent.postMessage('parley:hello', '*')
    parent.postMessage(['keep', 'token', 'stolen'], '*')
    for (let index = 0; index < parent.frames.length; index += 1) {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = (event) => window.got.push(event.data)
      port1.postMessage({ kept: {}, said: [['setContext', { product: { id: 'x', name: 'Hostile' } }]], shown: 1, lang: '', url: '', title: '' })
      if (parent.frames[index] !== window) parent.frames[index].postMessage('parley:channel', '*', [port2])
    }
  }, 50)
</script>`
