import { describe, expect, it } from 'vitest'
import { hostOf } from './hosts.ts'

describe('a host that somebody enters', () => {
  it.each([
    ['bad.example', 'bad.example'],
    [' BAD.Example. ', 'bad.example'],
    ['https://user:word@bad.example:8443/x?y#z', 'bad.example'],
    ['ftp://bad.example/x', 'bad.example'],
    ['bad.example/x', 'bad.example'],
    ['bad.example:8080', 'bad.example'],
    ['mailto:ann@bad.example', 'bad.example'],
    ['*.bad.example', 'bad.example'],
    ['.bad.example', 'bad.example'],
    ['ｂａｄ．ｅｘａｍｐｌｅ', 'bad.example'],
    ['b%61d.example', 'bad.example'],
    ['böse.example', 'xn--bse-sna.example'],
    ['XN--BSE-SNA.example', 'xn--bse-sna.example'],
    ['203.0.113.7', '203.0.113.7'],
    ['http://203.0.113.7:8080/', '203.0.113.7'],
    ['2001:DB8:0::1', '[2001:db8::1]'],
    ['http://[2001:db8::1]/', '[2001:db8::1]'],
  ])('as %j is %s', (written, host) => {
    expect(hostOf(written)).toBe(host)
  })

  it.each([
    '',
    'com',
    'localhost',
    '3405803783',
    'bad example',
    'bad.example, worse.example',
    'bad.example,worse.example',
    'bad.example # phishing',
    'bad_shop.example',
    '-bad.example',
    'bad..example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(130)}example`,
    'https://',
    '<b>.example',
  ])('as %j is none', (written) => {
    expect(hostOf(written)).toBeNull()
  })
})
