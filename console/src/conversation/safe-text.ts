/** What somebody wrote, cut into pieces that are shown as nodes: nothing is ever read as HTML. */
export type TextPiece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; host: string }

// Only http and https, and only with a host that has a dot or is localhost: never javascript:, data: or file:.
const address = /\bhttps?:\/\/[^\s<>"'`\p{Cc}\p{Bidi_C}]+/giu
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

export function piecesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const shown = withoutTail(match[0])
    const url = parsed(shown)
    if (url === null) continue
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push({ kind: 'link', text: shown, href: url.href, host: url.host })
    end = match.index + shown.length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

/** A full stop or a closing bracket after an address belongs to the sentence. */
function withoutTail(found: string): string {
  const surplus: Record<string, number> = {}
  for (const [closer, opener] of Object.entries(closers))
    surplus[closer] = count(found, closer) - count(found, opener)
  let end = found.length
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? ''
    const isUnmatched = (surplus[last] ?? 0) > 0
    if (isUnmatched) surplus[last] = (surplus[last] ?? 0) - 1
    else if (!/[.,;:!?…*_~|]/.test(last)) break
  }
  return found.slice(0, end)
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1
}

function parsed(shown: string): URL | null {
  try {
    const url = new URL(shown)
    // A name before the host is the oldest disguise of a link.
    if (url.username !== '' || url.password !== '') return null
    return url.hostname.includes('.') || url.hostname === 'localhost' ? url : null
  } catch {
    return null
  }
}
