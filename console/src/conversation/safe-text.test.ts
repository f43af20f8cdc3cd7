import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf } from './safe-text.ts'

const links = (text: string) => piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []))

describe('links in what somebody wrote', () => {
  it('become links for http and https only', () => {
    expect(links('see https://shop.example/a?b=1 and http://shop.example')).toEqual([
      'https://shop.example/a?b=1',
      'http://shop.example/',
    ])
    for (const bad of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'vbscript:x',
      'ftp://a.example',
    ])
      expect(links(bad)).toEqual([])
  })

  it('leave the end of a sentence and closing brackets outside', () => {
    expect(links('(https://shop.example/a_(b)).')).toEqual(['https://shop.example/a_(b)'])
    expect(links('Is it https://shop.example/x?')).toEqual(['https://shop.example/x'])
  })

  it('never hide another host behind a name', () => {
    expect(links('https://bank.example@evil.example/')).toEqual([])
  })

  it('stop at quotes, tags and direction marks', () => {
    expect(links('https://shop.example/"onmouseover=x <b>')).toEqual(['https://shop.example/'])
    expect(links('https://shop.example/\u202egnp.exe')).toEqual(['https://shop.example/'])
  })

  it('lose and change nothing of the text', () => {
    const words = fc.array(
      fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(' ', '\n', '(', ')', 'https://', '.')),
    )
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('')
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
        for (const href of links(text)) expect(href).toMatch(/^https?:\/\//)
      }),
    )
  })
})
