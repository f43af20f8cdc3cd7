import { describe, expect, it } from 'vitest'
import { isPublicAddress, readAllowList } from './addresses.ts'

describe('an address', () => {
  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '100.128.0.1',
    '172.32.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
  ])('%s is on the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.127.255.255', '192.0.0.192', '198.18.0.1', '203.0.113.7'],
    ...['224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1'],
    // IPv4 in other clothes: mapped, compatible, NAT64, 6to4, Teredo.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:a9fe:a9fe', '::127.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:7f00:1::', '2001:db8::1', '3fff::1'],
    ...['', 'localhost', '127.1', '1.2.3'],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('the list of what is allowed', () => {
  const list = readAllowList(['crm.internal', '10.1.0.0/16', '192.168.7.9', 'fd00:1::/32'])

  it('names hosts, addresses and ranges, and nothing around them', () => {
    expect(['crm.internal', 'CRM.internal', 'x.crm.internal'].map(list.hasHost)).toEqual([true, true, false])
    expect(
      ['10.1.255.1', '::ffff:10.1.0.1', '10.2.0.1', '192.168.7.9', '192.168.7.10'].map(list.hasAddress),
    ).toEqual([true, true, false, true, false])
    expect(['fd00:1::5', 'fd00:2::5', '::1', ''].map(list.hasAddress)).toEqual([true, false, false, false])
  })

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', 'https://crm', 'crm/8', '*', '-'])(
    'refuses %s',
    (entry) => {
      expect(() => readAllowList([entry])).toThrow(entry)
    },
  )
})
