import type { ComponentChildren } from 'preact'
import { h } from 'preact'

const kept = new Set(['p', 'br', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li'])

/**
 * The welcome as the server will keep it, drawn from nodes: what is typed here is parsed in a document of its own
 * and never becomes markup of this page.
 */
export function safeMarkup(markup: string): ComponentChildren {
  const parsed = new DOMParser().parseFromString(markup, 'text/html')
  return drawn(parsed.body)
}

function drawn(parent: Node): ComponentChildren[] {
  return [...parent.childNodes].map((node, index) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent
    if (!(node instanceof Element)) return null
    const name = node.localName
    if (name === 'script' || name === 'style') return null
    if (name === 'a') return h('u', { key: index }, drawn(node))
    return kept.has(name) ? h(name, { key: index }, name === 'br' ? null : drawn(node)) : drawn(node)
  })
}
