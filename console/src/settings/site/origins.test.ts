import { describe, expect, it } from 'vitest'
import { isPlainHttp, originOf } from './origins.ts'

describe('a pasted address', () => {
  it('becomes its origin', () => {
    expect(originOf('https://Shop.example/cart?id=1#top')).toBe('https://shop.example')
    expect(originOf(' shop.example ')).toBe('https://shop.example')
    expect(originOf('shop.example:8443')).toBe('https://shop.example:8443')
    expect(originOf('http://localhost:3000/demo/')).toBe('http://localhost:3000')
    expect(originOf('https://müller.example')).toBe('https://xn--mller-kva.example')
  })

  it('is refused when it is no web address', () => {
    expect(originOf('')).toBeUndefined()
    expect(originOf('ftp://shop.example')).toBeUndefined()
    expect(originOf('javascript:alert(1)')).toBeUndefined()
    expect(originOf('shop')).toBeUndefined()
    expect(originOf('*')).toBeUndefined()
  })

  it('over plain http is told apart, except on the own machine', () => {
    expect(isPlainHttp('http://shop.example')).toBe(true)
    expect(isPlainHttp('http://localhost:3000')).toBe(false)
    expect(isPlainHttp('https://shop.example')).toBe(false)
  })
})
