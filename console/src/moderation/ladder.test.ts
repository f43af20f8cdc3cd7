import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { unmoderated } from '@parley/shared/conversation/moderation.ts'
import { describe, expect, it } from 'vitest'
import { holdActOf } from './hold-act.ts'
import { rungsOf } from './ladder.tsx'
import { endWish, handBackWish, joinWish, leaveWish, takeOverWish } from './reason-wishes.ts'

const chat = {
  ...unmoderated,
  conversationId: 'cnv_1',
  status: 'open',
  customer: { contactId: 'con_marta', name: 'Marta Oliveira', role: 'buyer', isVerified: true },
  with: { kind: 'vendor', vendorId: 'ven_kiln', name: 'Kiln & Thread' },
} as unknown as Conversation
const members = [
  { id: 'ven_kiln', name: 'Kiln & Thread' },
  { id: 'ven_nordvik', name: 'Nordvik Leather' },
]
const room: Conversation = { ...chat, with: { kind: 'vendors', name: 'Kiln and Nordvik', members } }
const pressable = (conversation: Conversation) =>
  rungsOf(conversation, 'mem_daniel', false)
    .filter(({ why }) => why === null)
    .map(({ rung }) => rung)

describe('how far a moderator steps in', () => {
  it('leads to a whisper between a customer and a vendor, and in a room to none', () => {
    expect(pressable(chat)).toEqual(['watch', 'whisper', 'join', 'takeOver'])
    expect(pressable(room)).toEqual(['watch', 'join', 'takeOver'])
    expect(rungsOf(room, 'mem_daniel', false).map(({ rung }) => rung)).not.toContain('whisper')
  })

  it('ends with support, and with what is closed, before anything can be pressed', () => {
    expect(pressable({ ...chat, with: { kind: 'support', name: 'Marlow support' } })).toEqual(['watch'])
    expect(pressable({ ...room, status: 'closed' })).toEqual(['watch'])
  })

  it('says of a room what happens to all in it, and of a chat who is who', () => {
    for (const wish of [joinWish, leaveWish, takeOverWish, handBackWish, endWish]) {
      expect(wish(room).effect).toContain('in the room')
      expect(wish(room).effect).not.toMatch(/Marta|Both sides/)
      expect(wish(chat).effect).toContain('Kiln & Thread')
    }
  })
})

describe('holding by hand', () => {
  const support: Conversation = { ...chat, with: { kind: 'support', name: 'Marlow support' } }

  it('is of the vendor by name, in a room of everybody, and of nobody with support', () => {
    expect(holdActOf(chat, false)?.label).toBe('Hold what Kiln & Thread writes…')
    expect(holdActOf(chat, false)?.wish.effect).toContain('Marta is told nothing')
    expect(holdActOf(room, false)?.label).toBe('Hold what everybody writes…')
    expect(holdActOf(room, false)?.wish.effect).not.toMatch(/Marta|Kiln/)
    expect(holdActOf(support, false)).toBeNull()
  })

  it('is stopped where it is on, also of what is closed, where it cannot begin', () => {
    expect(holdActOf(chat, true)?.wish.button).toBe('Stop holding')
    expect(holdActOf({ ...chat, status: 'closed' }, true)?.wish.button).toBe('Stop holding')
    expect(holdActOf({ ...chat, status: 'closed' }, false)).toBeNull()
  })
})
