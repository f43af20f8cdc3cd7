export type MarkupNode = string | { tag: string; children: MarkupNode[] }

const kept = new Set(['p', 'br', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li', 'a'])
const silent = new Set(['script', 'style', 'textarea', 'option', 'noscript'])
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/**
 * The markup a site may use, as a tree for the preview. It never goes through the browser's own parser: what is
 * typed here must not become markup of this page. What is finally kept is the server's to say.
 */
export function markupTree(markup: string): MarkupNode[] {
  const root: MarkupNode[] = []
  const open: { tag: string; children: MarkupNode[] }[] = []
  const here = () => open[open.length - 1]?.children ?? root
  let silence: string | undefined

  for (const [token, isClosing, name] of markup.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<|[^<]+/g)) {
    const tag = name?.toLowerCase()
    if (silence !== undefined) {
      if (tag === silence && isClosing) silence = undefined
    } else if (tag === undefined) here().push(text(token))
    else if (silent.has(tag)) silence = isClosing ? undefined : tag
    else if (!kept.has(tag)) continue
    else if (tag === 'br') here().push({ tag, children: [] })
    else if (isClosing) close(open, tag)
    else {
      const element = { tag, children: [] }
      here().push(element)
      open.push(element)
    }
  }
  return root
}

function close(open: { tag: string }[], tag: string): void {
  const at = open.map((element) => element.tag).lastIndexOf(tag)
  if (at !== -1) open.length = at
}

function text(token: string): string {
  return token.replace(
    /&(?:#(\d{1,7})|([a-z]+));/g,
    (whole, code: string | undefined, name: string | undefined) => {
      if (name !== undefined) return entities[name] ?? whole
      const point = Number(code)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
    },
  )
}
