import type { ComponentChildren } from 'preact'
import { h } from 'preact'
import { type MarkupNode, markupTree } from './markup-tree.ts'

/** A welcome as buyers see it, drawn from nodes; links are underlined and lead nowhere. */
export function safeMarkup(markup: string): ComponentChildren {
  return drawn(markupTree(markup))
}

function drawn(nodes: readonly MarkupNode[]): ComponentChildren[] {
  return nodes.map((node, index) => {
    if (typeof node === 'string') return node
    if (node.tag === 'br') return h('br', { key: index })
    return h(node.tag === 'a' ? 'u' : node.tag, { key: index }, drawn(node.children))
  })
}
