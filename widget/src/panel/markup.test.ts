import { describe, expect, it } from 'vitest'
import { type Piece, parse } from './markup.ts'

const links = (text: string) => parse(text).filter((piece) => piece.kind === 'link')
const flat = (pieces: Piece[]): string =>
  pieces.map((piece) => ('inside' in piece ? flat(piece.inside) : piece.text)).join('')

describe('links in a message', () => {
  it('are made of http, https and mailto addresses only', () => {
    expect(links('See https://example.com/a and http://example.org')).toHaveLength(2)
    expect(links('Write to marta@studio.com')).toMatchObject([{ href: 'mailto:marta@studio.com' }])
    expect(links('www.example.com')).toMatchObject([{ href: 'https://www.example.com/' }])
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'ftp://a.example',
      'vbscript:x',
    ])
      expect(links(text), text).toEqual([])
  })

  it('leave the end of a sentence and unopened brackets outside', () => {
    expect(links('Look (https://example.com/a).')).toMatchObject([{ text: 'https://example.com/a' }])
    expect(links('https://en.example.org/wiki/Cup_(tea), please')).toMatchObject([
      { text: 'https://en.example.org/wiki/Cup_(tea)' },
    ])
    expect(links('Really https://example.com?!')).toMatchObject([{ text: 'https://example.com' }])
  })

  it('name the host that is asked for when the letters shown could stand for another', () => {
    expect(links('https://example.com/a')).toMatchObject([{ host: null }])
    expect(links('https://exаmple.com/a')).toMatchObject([{ host: 'xn--exmple-4nf.com' }])
  })

  it('refuse addresses that carry a name or password before the host', () => {
    expect(links('https://paypal.com@evil.example/')).toEqual([])
  })

  it('keep what looks like a mark inside an address', () => {
    expect(links('https://example.com/a_b_c*d*')).toMatchObject([{ href: 'https://example.com/a_b_c*d*' }])
  })
})

describe('marks in a message', () => {
  it('are bold, italic and code', () => {
    expect(parse('*bold* and _soft_ and `x = 1`').map((piece) => piece.kind)).toEqual([
      'bold',
      'text',
      'italic',
      'text',
      'code',
    ])
    expect(parse('*very _much_ so*')).toMatchObject([
      { kind: 'bold', inside: [{ kind: 'text' }, { kind: 'italic' }, { kind: 'text' }] },
    ])
  })

  it('count only at the edge of words', () => {
    for (const text of ['2*3*4', 'snake_case_name', '* not *', 'a * b * c', '**', '__init__'])
      expect(parse(text), text).toEqual([{ kind: 'text', text }])
  })

  it('never lose a letter and never make markup of what looks like it', () => {
    for (const text of ['<img src=x onerror=alert(1)>', '<b>*x</b>*', 'a *b', '`a *b* c`', '&lt;script&gt;'])
      expect(flat(parse(text)).replace(/[*_`]/g, '')).toBe(text.replace(/[*_`]/g, ''))
    expect(parse('<script>alert(1)</script>')).toEqual([{ kind: 'text', text: '<script>alert(1)</script>' }])
  })

  it('clamp stacked marks that would cover the lines around them', () => {
    const zalgo = `Z${'\u0310'.repeat(40)}`
    expect([...flat(parse(zalgo))]).toHaveLength(5)
    expect(flat(parse('é ö ṩ̌'))).toBe('é ö ṩ̌')
  })

  it('stay quick on text made to be slow', () => {
    const start = performance.now()
    for (const text of [
      '*'.repeat(5_000),
      '_a'.repeat(2_500),
      '*a '.repeat(1_600),
      '*a* '.repeat(1_250),
      'a@'.repeat(2_500),
      'www.'.repeat(1_250),
    ])
      parse(text)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
