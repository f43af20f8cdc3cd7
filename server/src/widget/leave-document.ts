import { createHash } from 'node:crypto'
import { cspReporting } from '../csp-reporting.ts'
import { escapeText } from './embed.ts'
import { type LeaveWords, leaveWords } from './leave-words.ts'
import { paintsOf } from './paint.ts'

/** No two hosts of a list share as much. */
const digestBytes = 9

export const leaveLanguages = Object.keys(leaveWords) as (keyof typeof leaveWords)[]

/**
 * The address is behind the `#`, which no server, log or referrer gets to see: so the page has the digests of what the
 * site has blocked and looks for itself. What it cannot look for is not opened, and nothing that was not pressed.
 */
const script = `
addEventListener('hashchange', () => location.reload())
const by = (id) => document.getElementById(id)
const address = location.hash.slice(1)
const url = URL.canParse(address) ? new URL(address) : null
if (url && ['http:', 'https:', 'mailto:'].includes(url.protocol) && !url.username && !url.password) {
  by('host').textContent = url.host || url.pathname
  by('whole').textContent = url.href
  if (await isBlocked(url)) {
    document.title = by('stopped').textContent
    by('stopped').hidden = by('blocked').hidden = false
    by('leaving').hidden = by('advice').hidden = true
  } else {
    by('go').href = url.href
    by('go').hidden = false
  }
  by('known').hidden = false
  by('unknown').hidden = true
}
async function isBlocked(url) {
  const { salt, blocked } = document.querySelector('main').dataset
  if (!blocked) return false
  for (const host of hostsOf(url))
    for (let rest = host; rest; rest = rest.split('.').slice(1).join('.'))
      if (blocked.split(' ').includes(await digest(salt + ' ' + rest))) return true
  return false
}
function hostsOf({ protocol, hostname, href }) {
  if (protocol !== 'mailto:') return [hostname.replace(/\\.$/, '')]
  return href.split(/@|%40/i).slice(1).map((one) => 'http://' + one.split(/[,;?&]|%2c/i)[0])
    .filter((one) => URL.canParse(one)).map((one) => new URL(one).hostname)
}
async function digest(text) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(bytes, 0, ${digestBytes})))
}
by('stay').addEventListener('click', () => {
  close()
  by('stay').hidden = true
  by('closed').hidden = false
})
by('stay').hidden = false
`

const style = (colour: string) => {
  const { light, dark } = paintsOf(colour)
  return `
:root { color-scheme: light dark; --bg: #f6f5f2; --surface: #fff; --line: #e2dfd8; --control: #8a8477; --ink: #1c1b19;
  --ink-2: #57534b; --warn: #8f5b00; --warn-soft: #fdf0d5; --focus: #1a5fd0; --accent: ${light[0]}; --accent-ink: ${light[1]} }
@media (prefers-color-scheme: dark) { :root { --bg: #151513; --surface: #1e1d1b; --line: #34312d; --control: #827c71;
  --ink: #f2f0ec; --ink-2: #bdb8ae; --warn: #f0bf66; --warn-soft: #3a2b0c; --focus: #8ab6ff; --accent: ${dark[0]};
  --accent-ink: ${dark[1]} } }
* { box-sizing: border-box; margin: 0 }
[hidden] { display: none !important }
body { display: grid; min-height: 100svh; place-items: center; padding: 24px 16px; background: var(--bg); color: var(--ink);
  font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
main { display: grid; gap: 16px; width: 100%; max-width: 30rem; padding: 24px; border: 1px solid var(--line);
  border-radius: 16px; background: var(--surface) }
h1 { font-size: 1.25rem; font-weight: 600; line-height: 1.25; overflow-wrap: anywhere }
#known { display: grid; gap: 16px }
#known > p:first-child { color: var(--ink-2) }
.address { display: grid; gap: 4px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 10px;
  background: var(--bg); overflow-wrap: anywhere }
#host { font-size: 1.125rem; font-weight: 600 }
#whole { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; color: var(--ink-2);
  font-size: .8125rem }
.advice { padding: 12px 16px; border-radius: 10px; background: var(--warn-soft); color: var(--warn) }
.press { display: flex; flex-wrap: wrap; gap: 12px; align-items: center }
#go, #stay { min-height: 48px; padding: 0 20px; border-radius: 10px; font: inherit; font-weight: 500; cursor: pointer }
#go { display: inline-grid; place-items: center; background: var(--accent); color: var(--accent-ink); text-decoration: none }
#stay { border: 1px solid var(--control); background: none; color: var(--ink) }
#closed { color: var(--ink-2) }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
@media (max-width: 26rem) { #go, #stay { flex: 1 1 100% } }
`
}

/** What a buyer sees who follows a link of somebody the marketplace does not answer for: where it leads, before it does. */
export function leaveDocument(
  site: { name: string; colour: string; siteKey: string; blockedHosts: readonly string[] },
  language: keyof typeof leaveWords,
): { html: string; policy: string } {
  const own: LeaveWords = leaveWords[language]
  const say = (word: keyof LeaveWords) => escapeText(own[word].replaceAll('{0}', () => site.name))
  const css = style(site.colour)
  const blocked = site.blockedHosts.map((host) => digestOf(`${site.siteKey} ${host}`)).join(' ')
  const html = `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<title>${say('title')}</title><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<style>${css}</style></head><body><main data-salt="${site.siteKey}" data-blocked="${blocked}">
<h1 id="leaving">${say('title')}</h1><h1 id="stopped" hidden>${say('stopped')}</h1>
<div id="known" hidden><p>${say('leads')}</p>
<p class="address" dir="ltr"><bdi id="host"></bdi><span id="whole"></span></p>
<p id="advice" class="advice">${say('advice')}</p><p id="blocked" class="advice" hidden>${say('blocked')}</p></div>
<p id="unknown">${say('unknown')}</p>
<p class="press"><a id="go" hidden rel="noopener noreferrer nofollow ugc">${say('go')}</a>
<button id="stay" type="button" hidden>${say('stay')}</button><span id="closed" role="status" hidden>${say('closed')}</span></p></main>
<script type="module">${script}</script></body></html>`
  return { html, policy: policyOf(css) }
}

function policyOf(css: string): string {
  return [
    `default-src 'none'`,
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(css)}'`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
    ...Object.entries(cspReporting.directives).map(([name, value]) => `${name} ${value}`),
  ].join('; ')
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, digestBytes).toString('base64')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
