import { describe, expect, it } from 'vitest'
import { trim } from './trim.ts'

const official = `export class Socket {
  // opens
  open() {
    if (this.opts.agent &&
        this.opts.ca)
      return 2;
    return 1;
  }
  get volatile() { return this }
  close() { this.upgrading ? this.wait() : this.open() }
}`
const squeezed = (code: string) => code.replace(/\s+/g, ' ')

describe('a trimmed library', () => {
  it('is the official one less what nobody here needs', () => {
    const { code, taken } = trim(official, {
      methods: 'volatile',
      polling: { close: '() { this.open() }' },
      code: [['if (this.opts.agent && this.opts.ca) return 2;']],
    })
    expect(squeezed(code)).toBe('export class Socket { open() { return 1; } close() { this.open() } }')
    expect(taken.close).toBe('close() { this.upgrading ? this.wait() : this.open() }')
  })

  it('stops the build where a method or a piece to leave out is not there', () => {
    expect(() => trim(official, { methods: 'close onAny' })).toThrow(/onAny/)
    expect(() => trim(official, { code: [['return 3;']] })).toThrow(/return 3/)
  })
})
