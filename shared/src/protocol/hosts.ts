const scheme = /^[a-z][a-z0-9+.-]*:[\\/]{2}/i
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const name = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+${label}$`)
const ipV6 = /^\[[0-9a-f:.]+\]$/
const bareIpV6 = /^[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*$/i

/** The host as browsers ask for it (lower case, punycode, no final dot), whatever of an address stands around it. */
export function hostAt(authority: string): string | null {
  const address = `http://${authority}`
  return URL.canParse(address) ? new URL(address).hostname.replace(/\.$/, '') : null
}

/** What somebody enters as a host: its name in any writing, `*.name`, or an address that has it. Null where none is meant. */
export function hostOf(written: string): string | null {
  const authority = written
    .trim()
    .replace(scheme, '')
    .replace(/^\*?\./, '')
  // A number alone would be read as an address of the internet's first days.
  if (/^\d*$/.test(authority)) return null
  const host = hostAt(bareIpV6.test(authority) ? `[${authority}]` : authority)
  return host !== null && (name.test(host) || ipV6.test(host)) ? host : null
}
