export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic'; inside: Piece[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; text: string; host: string | null }

const linkShape = /\b(?:https?:\/\/|www\.|mailto:)[^\s<>"']+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/giu
// A mark counts only at the edge of words, so that 2*3*4 and snake_case_names stay what they are.
const markShape =
  /(?<![\w*_`])(?:`([^`\n]+)`|\*([^\s*](?:[^*\n]*[^\s*])?)\*|_([^\s_](?:[^_\n]*[^\s_])?)_)(?![\w*_`])/u
const safeProtocols = ['http:', 'https:', 'mailto:']
// Stacked marks beyond what any language needs would cover the lines around them.
const stacked = /(\p{M}{4})\p{M}+/gu

/** Plain text with our own small markup: *bold*, _italic_, `code` and links. Never HTML. */
export function parse(text: string): Piece[] {
  return marks(text.replace(stacked, '$1'), 0)
}

function marks(text: string, depth: number): Piece[] {
  const pieces: Piece[] = []
  let rest = text
  // Links first: what looks like a mark inside an address belongs to the address.
  for (const match of text.matchAll(linkShape)) {
    const link = toLink(match[0])
    if (!link) continue
    const from = match.index - (text.length - rest.length)
    if (from < 0) continue
    pieces.push(...plain(rest.slice(0, from), depth), link)
    rest = rest.slice(from + link.text.length)
  }
  return [...pieces, ...plain(rest, depth)]
}

function plain(text: string, depth: number): Piece[] {
  const pieces: Piece[] = []
  let rest = text
  for (let match = markShape.exec(rest); match && depth < 4; match = markShape.exec(rest)) {
    const [whole, code, bold, italic] = match
    if (match.index > 0) pieces.push({ kind: 'text', text: rest.slice(0, match.index) })
    pieces.push(
      code !== undefined
        ? { kind: 'code', text: code }
        : { kind: bold !== undefined ? 'bold' : 'italic', inside: marks(bold ?? italic ?? '', depth + 1) },
    )
    rest = rest.slice(match.index + whole.length)
  }
  return rest === '' ? pieces : [...pieces, { kind: 'text', text: rest }]
}

function toLink(found: string): Extract<Piece, { kind: 'link' }> | undefined {
  const text = trimEnd(found)
  const address = /^www\./i.test(text)
    ? `https://${text}`
    : text.includes('@') && !text.includes(':')
      ? `mailto:${text}`
      : text
  try {
    const url = new URL(address)
    if (!safeProtocols.includes(url.protocol) || url.username || url.password) return
    return { kind: 'link', href: url.href, text, host: otherHost(url, text) }
  } catch {
    return
  }
}

// Punctuation that ends the sentence is not part of the address; a bracket is, when it was opened inside.
function trimEnd(found: string): string {
  let text = found.replace(/[.,;:!?…]+$/u, '')
  while (/[)\]]$/.test(text)) {
    const closing = text.at(-1) as string
    const opening = closing === ')' ? '(' : '['
    if (text.split(opening).length >= text.split(closing).length) break
    text = text.slice(0, -1).replace(/[.,;:!?…]+$/u, '')
  }
  return text
}

/** The host as it is asked for, when the letters shown could stand for another one. */
function otherHost(url: URL, text: string): string | null {
  if (url.protocol === 'mailto:') return null
  return text.toLowerCase().includes(url.host) ? null : url.host
}
