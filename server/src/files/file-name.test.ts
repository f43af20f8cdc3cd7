import { describe, expect, test } from 'vitest'
import { cleanFileName } from './file-name.ts'

describe('the name of a file', () => {
  test('stays as it is when it is an ordinary one', () => {
    expect(cleanFileName('Quittung für Käse 🧀.pdf')).toBe('Quittung für Käse 🧀.pdf')
  })
  test('loses the path in front of it, in either spelling', () => {
    expect(cleanFileName('../../etc/passwd.txt')).toBe('passwd.txt')
    expect(cleanFileName('C:\\Users\\nora\\lamp.png')).toBe('lamp.png')
  })
  test('is one line, without controls', () => {
    expect(cleanFileName('a\r\nSet-Cookie: x\u0000\u001B[31m.png')).toBe('aSet-Cookie: x[31m.png')
  })
  test('cannot be read backwards: bidi controls are taken out', () => {
    expect(cleanFileName('invoice\u202Efdp.exe.png')).toBe('invoicefdp.exe.png')
    expect(cleanFileName('\u2066a\u2069\u200Eb\u061C.png')).toBe('ab.png')
  })
  test('is cut to 200 code points and keeps its ending', () => {
    const name = cleanFileName(`${'🧀'.repeat(400)}.jpeg`)
    expect([...name]).toHaveLength(200)
    expect(name.endsWith('🧀.jpeg')).toBe(true)
  })
  test('is never empty and never holds half a character', () => {
    expect(cleanFileName('')).toBe('file')
    expect(cleanFileName('\u202E')).toBe('file')
    expect(cleanFileName('a\uD83E.png')).toBe('a.png')
  })
})
