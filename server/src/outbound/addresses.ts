import { BlockList, isIP } from 'node:net'

/** IPv4 that is not the public internet: RFC 6890 and the clouds' metadata, which is link-local. */
const notPublic4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
/** Of the global IPv6 range: what tunnels to IPv4, and what is for examples. Outside that range nothing is public. */
const notPublic6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blocked4 = listOf(notPublic4, 'ipv4')
const blocked6 = listOf(notPublic6, 'ipv6')
const global6 = listOf([['2000::', 3]], 'ipv6')

/** Is this an address on the public internet? Deny by default: what cannot be read is not. */
export function isPublicAddress(address: string): boolean {
  const plain = unmapped(address)
  switch (isIP(plain)) {
    case 4:
      return !blocked4.check(plain, 'ipv4')
    case 6:
      return global6.check(plain, 'ipv6') && !blocked6.check(plain, 'ipv6')
    default:
      return false
  }
}

export function isLoopback(address: string): boolean {
  const plain = unmapped(address)
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

/** What whoever runs the server named in OUTBOUND_ALLOW: host names, addresses and ranges. */
export interface AllowList {
  hasHost(host: string): boolean
  hasAddress(address: string): boolean
}

/** Throws the entry that is none of the three. */
export function readAllowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>()
  const ranges4 = new BlockList()
  const ranges6 = new BlockList()
  for (const entry of entries) {
    const [address = '', length] = entry.split('/')
    const version = isIP(address)
    if (version === 0) {
      if (length !== undefined || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(address)) throw new Error(entry)
      hosts.add(address.toLowerCase())
      continue
    }
    const most = version === 4 ? 32 : 128
    const prefix = length === undefined ? most : Number(length)
    if (!/^\d*$/.test(length ?? '') || length === '' || prefix > most) throw new Error(entry)
    if (version === 4) ranges4.addSubnet(address, prefix, 'ipv4')
    else ranges6.addSubnet(address, prefix, 'ipv6')
  }
  return {
    hasHost: (host) => hosts.has(host.toLowerCase()),
    hasAddress(address) {
      const plain = unmapped(address)
      return isIP(plain) === 4 ? ranges4.check(plain, 'ipv4') : ranges6.check(plain, 'ipv6')
    },
  }
}

/** An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`, `::ffff:a00:1`) is judged as what it is. */
function unmapped(address: string): string {
  if (isIP(address) !== 6) return address
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}

function listOf(ranges: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, family)
  return list
}
