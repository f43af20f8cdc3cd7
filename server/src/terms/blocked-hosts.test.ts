import { describe, expect, it } from 'vitest'
import { findBlockedHost } from './blocked-hosts.ts'

const blocked = ['bad.example', 'xn--bse-sna.example', 'xn--ls8h.example', '203.0.113.7', '[2001:db8::1]']

describe('a blocked host', () => {
  it.each([
    ['https://bad.example', 'bad.example'],
    ['See BAD.EXAMPLE/cups.', 'bad.example'],
    ['a shop below it: https://cups.of.bad.example/', 'bad.example'],
    ['https://good.example@bad.example/', 'bad.example'],
    ['https://user:word@bad.example:8443/?#', 'bad.example'],
    ['https://bad.example./', 'bad.example'],
    ['https://b%61d.example/', 'bad.example'],
    ['https://bad%2Eexample/', 'bad.example'],
    ['https://bad%EF%BC%8Eexample/', 'bad.example'],
    ['ｂａｄ．ｅｘａｍｐｌｅ', 'bad.example'],
    ['bad。example', 'bad.example'],
    ['bad｡example', 'bad.example'],
    ['bad.exam\u00ADple', 'bad.example'],
    ['https://bad.exam\u200Bple/', 'bad.example'],
    ['https://bad.example\u202Egnp.', 'bad.example'],
    ['“bad.example”', 'bad.example'],
    ['(https://bad.example)', 'bad.example'],
    ['*bad.example* and _https://bad.example_', 'bad.example'],
    ['wait...bad.example...', 'bad.example'],
    ['http:\\\\bad.example', 'bad.example'],
    ['//bad.example:8080', 'bad.example'],
    ['hxxps://bad.example', 'bad.example'],
    ['www . bad . example', 'bad.example'],
    ['bad [dot] example', 'bad.example'],
    ['b a d . e x a m p l e', 'bad.example'],
    ['mailto:ann@bad.example', 'bad.example'],
    ['ann@bad.example', 'bad.example'],
    ['https://good.example/?to=https%3A%2F%2Fbad.example', 'bad.example'],
    ['https://a_b.bad.example/', 'bad.example'],
    ['https://böse.example', 'xn--bse-sna.example'],
    ['bo\u0308se.example', 'xn--bse-sna.example'],
    ['https://XN--BSE-SNA.example/', 'xn--bse-sna.example'],
    ['https://💩.example', 'xn--ls8h.example'],
    ['https://203.0.113.7/x', '203.0.113.7'],
    ['http://3405803783/', '203.0.113.7'],
    ['http://0xCB007107/', '203.0.113.7'],
    ['http://0313.0.0161.07', '203.0.113.7'],
    ['http://[2001:DB8:0::1]/', '[2001:db8::1]'],
  ])('is found in %j', (text, host) => {
    expect(findBlockedHost(text, blocked)).toBe(host)
  })

  it.each([
    'https://good.example/',
    'notbad.example',
    'bad.example.org',
    'bad-example',
    'My bad. Example: the blue one',
    'order 3405803783',
    'https://bäd.example',
    'https://xn--bd-yia.example',
    '',
  ])('is not seen in %j', (text) => {
    expect(findBlockedHost(text, blocked)).toBeUndefined()
  })

  it('is looked for in a hostile message of the full length in under half a second', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => `host-${at}.example`)
    for (const part of ['a.b ', 'ä.b ', 'a.', 'ä.', '\uFDFA.', '%61.', 'http://1.', '//0', '@', '[']) {
      const startedAt = performance.now()
      findBlockedHost(part.repeat(5_000 / part.length), many)
      expect(performance.now() - startedAt, part).toBeLessThan(500)
    }
  })
})
