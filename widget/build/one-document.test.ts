import { describe, expect, it } from 'vitest'
import { bareImports, giveToKit, takeFromKit } from './one-document.ts'

describe('the kit', () => {
  it('gives what the entry exported and later parts take it under their own names', () => {
    expect(giveToKit('var a=1,b=2;export{a as t,b};')).toBe('var a=1,b=2;globalThis.parleyPanel={t:a,b:b};')
    expect(takeFromKit('import{t as e,b}from"./kit-Ab_12-3x.js";e(b)', 'form')).toBe(
      'const{t:e,b:b}=globalThis.parleyPanel;e(b)',
    )
    expect(takeFromKit('import"./kit-Ab_12-3x.js";go()', 'form')).toBe('go()')
  })

  it('imports later parts by a plain import', () => {
    expect(bareImports('a(()=>import(`./x-1.js`),import.meta.url).then(b)')).toBe(
      'import(`./x-1.js`).then(b)',
    )
    expect(bareImports('i(()=>import("./x.js").then(e=>e.t),import.meta.url)')).toBe(
      'import("./x.js").then(e=>e.t)',
    )
    expect(bareImports('go(()=>here(),import.meta.url)')).toBe('go(()=>here(),import.meta.url)')
  })

  it('stops the build on a way of importing it does not know', () => {
    expect(() => takeFromKit('import*as k from"./kit-Ab_12-3x.js"', 'form')).toThrow(/unknown way/)
    expect(() => giveToKit('export*from"./other.js";export{a}')).toThrow(/unknown way/)
  })
})
