import { describe, expect, it } from 'vitest'
import { withoutMethods } from './trim-socket-client.ts'

const client =
  'export class Socket { open() { return 1 } get volatile() { return this } close() { this.open() } }'

describe('the trimmed client', () => {
  it('is the official one less the methods nobody calls', () => {
    expect(withoutMethods(client, ['volatile', 'close']).replace(/\s+/g, ' ')).toBe(
      'export class Socket { open() { return 1 } }',
    )
  })

  it('stops the build where a method to leave out is not there', () => {
    expect(() => withoutMethods(client, ['close', 'onAny'])).toThrow(/onAny/)
  })
})
