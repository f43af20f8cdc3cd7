import { describe, expect, it } from 'vitest'
import { isLeader, type KeyPlace, type KeyPress, nameOfKey, shortcutFor, shortcuts } from './shortcuts.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const page: KeyPlace = { isInField: false, leader: null, hasLetterShortcuts: true }
const field = { ...page, isInField: true }

describe('shortcuts', () => {
  it('are found by letter, by chord and after a leader', () => {
    expect(shortcutFor(press('e'), page)).toBe('resolve')
    expect(shortcutFor(press('N', { shiftKey: true }), page)).toBe('note')
    expect(shortcutFor(press('n'), page)).toBe('nextUnread')
    expect(shortcutFor(press('?', { shiftKey: true }), page)).toBe('sheet')
    expect(shortcutFor(press('k', { ctrlKey: true }), page)).toBe('commands')
    expect(shortcutFor(press('k', { metaKey: true }), page)).toBe('commands')
    expect(isLeader(press('g'), page)).toBe(true)
    expect(shortcutFor(press('i'), { ...page, leader: 'G' })).toBe('goInbox')
    expect(shortcutFor(press('i'), page)).toBe('details')
  })

  it('never fire by a single letter in a field, but chords do', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz?') expect(shortcutFor(press(letter), field)).toBeNull()
    expect(isLeader(press('g'), field)).toBe(false)
    expect(shortcutFor(press('j', { altKey: true }), field)).toBe('next')
    expect(shortcutFor(press('k', { ctrlKey: true }), field)).toBe('commands')
  })

  it('leave single letters alone when they are switched off', () => {
    const off = { ...page, hasLetterShortcuts: false }
    expect(shortcutFor(press('e'), off)).toBeNull()
    expect(shortcutFor(press('e', { altKey: true }), off)).toBe('resolve')
  })

  it('read the place of the key where Alt types another sign', () => {
    expect(nameOfKey(press('´', { altKey: true, code: 'KeyE' }))).toBe('Alt+E')
  })

  it('do not share a key', () => {
    const keys = Object.values(shortcuts).flatMap(({ keys: all }) => [...all])
    expect(new Set(keys).size).toBe(keys.length)
  })
})
