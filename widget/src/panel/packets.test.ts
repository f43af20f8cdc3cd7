import { describe, expect, it } from 'vitest'
import { Decoder, Encoder, PacketType } from './packets.ts'

function decoded(text: string): unknown {
  const decoder = new Decoder()
  let found: unknown
  decoder.on('decoded', (packet) => {
    found = packet
  })
  decoder.add(text)
  return found
}

describe('packets', () => {
  it.each([
    ['0', { type: PacketType.CONNECT }],
    ['0{"sid":"a1"}', { type: PacketType.CONNECT, data: { sid: 'a1' } }],
    ['1', { type: PacketType.DISCONNECT }],
    [
      '2["event",{"text":"one\\ntwo 3"}]',
      { type: PacketType.EVENT, data: ['event', { text: 'one\ntwo 3' }] },
    ],
    ['212["ask"]', { type: PacketType.EVENT, id: 12, data: ['ask'] }],
    ['30[{"ok":true}]', { type: PacketType.ACK, id: 0, data: [{ ok: true }] }],
    ['4{"message":"no"}', { type: PacketType.CONNECT_ERROR, data: { message: 'no' } }],
  ])('reads and writes %s as Socket.IO does', (text, packet) => {
    expect(decoded(text)).toEqual({ ...packet, nsp: '/' })
    expect(new Encoder().encode({ nsp: '/', ...packet })).toEqual([text])
  })

  it.each(['', 'x', '51-["event"]', '2{"no":"list"}', '3', '2["cut'])('refuses %j', (text) => {
    expect(() => decoded(text)).toThrow()
  })

  it('tells nobody any more once it is destroyed', () => {
    const decoder = new Decoder()
    const heard: unknown[] = []
    decoder.on('decoded', (packet) => heard.push(packet))
    decoder.destroy()
    decoder.add('1')
    expect(heard).toEqual([])
  })
})
