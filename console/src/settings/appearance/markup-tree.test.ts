import { describe, expect, it } from 'vitest'
import { type MarkupNode, markupTree } from './markup-tree.ts'

describe('the markup of a welcome', () => {
  it('is a tree of the few elements that are kept', () => {
    expect(markupTree('<p>Hello <b>you</b>.<br>Bye</p>')).toEqual([
      {
        tag: 'p',
        children: ['Hello ', { tag: 'b', children: ['you'] }, '.', { tag: 'br', children: [] }, 'Bye'],
      },
    ])
  })

  it('keeps the text of other elements, but not of scripts and styles', () => {
    expect(markupTree('<div><h1>Hi</h1></div><script>alert(1)</script><style>p{}</style>!')).toEqual([
      'Hi',
      '!',
    ])
  })

  it('carries no attribute, whatever is written', () => {
    const tree = markupTree('<a href="javascript:alert(1)" onclick="x">here</a><img src=x onerror=alert(1)>')
    expect(tree).toEqual([{ tag: 'a', children: ['here'] }])
  })

  it('reads entities and lone signs as text', () => {
    expect(plain(markupTree('1 &lt; 2 &amp;&#32;3 < 4 &unknown;'))).toBe('1 < 2 & 3 < 4 &unknown;')
  })

  it('forgives what is not closed or closed twice', () => {
    expect(markupTree('<ul><li>One<li>Two</ul>Three</p>').at(-1)).toBe('Three')
    expect(plain(markupTree('<b>a<i>b</b>c</i>d'))).toBe('abcd')
  })
})

function plain(nodes: readonly MarkupNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : plain(node.children))).join('')
}
