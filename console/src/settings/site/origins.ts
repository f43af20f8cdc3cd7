/** Whatever address a person pastes, as the origin that is stored; undefined when it is no web address. */
export function originOf(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '') return undefined
  const withScheme = text.includes('://') ? text : `https://${text}`
  try {
    const url = new URL(withScheme)
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
    const isLocal = /^(localhost|127\.0\.0\.1)$/.test(url.hostname)
    return url.hostname.includes('.') || isLocal ? url.origin : undefined
  } catch {
    return undefined
  }
}

/** A page over plain http can be changed on its way; only a developer's own machine is excused. */
export function isPlainHttp(origin: string): boolean {
  return origin.startsWith('http://') && !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(origin)
}
