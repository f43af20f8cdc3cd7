import { commands } from '@parley/shared/protocol/commands.ts'
import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import { describe, expect, it } from 'vitest'
import { type KeyPress, nameOfKey } from './key-press.ts'
import {
  clashOf,
  keysOf,
  swapped,
  usualKeyboard,
  withKeys,
  withUsualKeys,
  workingKeysOf,
} from './own-keys.ts'
import { isLeader, type KeyPlace, shortcutFor } from './shortcut-for.ts'
import { isFixed, shortcutIds, shortcuts } from './shortcuts.ts'
import { whyNotKeys } from './why-not-keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})
const page: KeyPlace = { isInField: false, leader: null, keyboard: usualKeyboard }
const field = { ...page, isInField: true }
const withOwn = (keyboard: Keyboard) => ({ ...page, keyboard })

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

  it('leave single keys alone when they are switched off', () => {
    const off = withOwn({ keys: {}, hasSingleKeys: false })
    expect(shortcutFor(press('e'), off)).toBeNull()
    expect(isLeader(press('g'), off)).toBe(false)
    expect(shortcutFor(press('i'), { ...off, leader: 'G' })).toBeNull()
    expect(shortcutFor(press('e', { altKey: true }), off)).toBe('resolve')
    expect(workingKeysOf('resolve', off.keyboard)).toEqual(['Alt+E'])
    expect(workingKeysOf('take', off.keyboard)).toEqual([])
  })

  it('leave the signs alone that AltGr and a Mac’s ⌥ write', () => {
    const altGr = (name: string) => name === 'AltGraph'
    const euro = press('€', { code: 'KeyE', ctrlKey: true, altKey: true, getModifierState: altGr })
    expect(shortcutFor(euro, field)).toBeNull()
    expect(shortcutFor({ ...euro, key: 'e', getModifierState: () => false }, field)).toBe('resolveNext')
    const accent = press('Dead', { code: 'KeyE', altKey: true })
    expect(shortcutFor(accent, field)).toBeNull()
    expect(shortcutFor(accent, page)).toBe('resolve')
  })

  it('read the place of the key where Alt or another script types another sign', () => {
    expect(nameOfKey(press('´', { altKey: true, code: 'KeyE' }))).toBe('Alt+E')
    expect(nameOfKey(press('у', { code: 'KeyE' }))).toBe('E')
    expect(nameOfKey(press('+', { shiftKey: true }))).toBe('Plus')
  })

  it('do not share a key', () => {
    const keys = Object.values(shortcuts).flatMap(({ keys: all }) => [...all])
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('own keys', () => {
  it('stand instead of the usual ones, until these are wanted back', () => {
    const own = withKeys('resolve', ['Shift+E'], usualKeyboard)
    expect(shortcutFor(press('E', { shiftKey: true }), withOwn(own))).toBe('resolve')
    expect(shortcutFor(press('e'), withOwn(own))).toBeNull()
    expect(shortcutFor(press('e', { altKey: true }), withOwn(own))).toBeNull()
    expect(withUsualKeys('resolve', own)).toEqual(usualKeyboard)
    const sequence = withKeys('resolve', ['G X'], usualKeyboard)
    expect(shortcutFor(press('x'), { ...withOwn(sequence), leader: 'G' })).toBe('resolve')
  })

  it('may be none', () => {
    const off = withKeys('resolve', [], usualKeyboard)
    expect(shortcutFor(press('e'), withOwn(off))).toBeNull()
    expect(keysOf('resolve', off)).toEqual([])
  })

  it('of another shortcut are told, and swapped on request', () => {
    expect(clashOf('snooze', 'E', usualKeyboard)).toBe('resolve')
    expect(clashOf('resolve', 'E', usualKeyboard)).toBeNull()
    expect(clashOf('snooze', 'X', usualKeyboard)).toBeNull()
    const both = swapped('snooze', 'E', 'resolve', usualKeyboard)
    expect([keysOf('snooze', both), keysOf('resolve', both)]).toEqual([['E'], ['H', 'Alt+E']])
    const without = swapped('snooze', 'E', 'resolve', withKeys('snooze', [], usualKeyboard))
    expect([keysOf('snooze', without), keysOf('resolve', without)]).toEqual([['E'], ['Alt+E']])
  })

  it('win over a usual key that a later version gives to something else', () => {
    const own = withKeys('reject', ['T'], usualKeyboard)
    expect(keysOf('take', own)).toEqual([])
    expect(shortcutFor(press('t'), withOwn(own))).toBe('reject')
  })

  it('of what is there no more, or is the same for everybody, change nothing', () => {
    const odd = { keys: { gone: ['T'], back: ['T'], constructor: ['T'] }, hasSingleKeys: true }
    expect(shortcutFor(press('t'), withOwn(odd))).toBe('take')
    expect(keysOf('back', odd)).toEqual(['Escape'])
  })

  it('send with Enter alone, and with Ctrl Enter then too', () => {
    expect(keysOf('send', usualKeyboard)).toEqual(['Ctrl+Enter'])
    const enter = withKeys('send', ['Enter'], usualKeyboard)
    expect(keysOf('send', enter)).toEqual(['Enter', 'Ctrl+Enter'])
    expect(keysOf('send', withKeys('sendResolve', ['Ctrl+Enter'], enter))).toEqual(['Enter'])
    expect(keysOf('send', withKeys('send', ['Alt+Enter'], usualKeyboard))).toEqual(['Alt+Enter'])
    expect(keysOf('send', withKeys('send', [], usualKeyboard))).toEqual([])
  })

  it('call canned replies by one of four signs', () => {
    expect(keysOf('canned', usualKeyboard)).toEqual(['/'])
    expect(keysOf('canned', withKeys('canned', ['::'], usualKeyboard))).toEqual(['::'])
    expect(keysOf('canned', withKeys('canned', ['a'], usualKeyboard))).toEqual(['/'])
  })

  it('are none that the browser, writing or moving about needs, and it is said why', () => {
    for (const keys of ['Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+N', 'F5', 'Alt+ArrowLeft', 'Ctrl+1', 'Ctrl+Plus'])
      expect(whyNotKeys('resolve', keys)).toBe(
        `The browser keeps ${keys.replaceAll('+', ' ').replace('ArrowLeft', '←')} for itself.`,
      )
    expect(whyNotKeys('resolve', 'Ctrl+C')).toBe('Ctrl C is needed for writing.')
    expect(whyNotKeys('resolve', 'Space')).toMatch(/^Space is needed for moving about/)
    expect(whyNotKeys('resolve', 'Enter')).toMatch(/^Enter is needed/)
    expect(whyNotKeys('send', 'Enter')).toBeNull()
    expect(whyNotKeys('send', 'S')).toBe('This works while you write, so it needs Ctrl or Alt.')
    for (const keys of ['Shift+E', 'Alt+9', 'Ctrl+Alt+ArrowDown', 'G X', 'Ctrl+M'])
      expect([keys, whyNotKeys('resolve', keys)]).toEqual([keys, null])
  })

  it('are none of those that the console has by itself', () => {
    for (const id of shortcutIds.filter((one) => !isFixed(one)))
      for (const keys of shortcuts[id].keys)
        expect([id, keys, whyNotKeys(id, keys)]).toEqual([id, keys, null])
  })

  it('can be kept by the server, whatever key of a keyboard it is', () => {
    const { input } = commands.saveKeyboard
    const names = ['e', '?', '+', 'ArrowDown', 'F6', 'é', '´', 'PageUp', 'MediaPlayPause', '€'].flatMap(
      (key) => [
        nameOfKey(press(key)),
        nameOfKey(press(key, { ctrlKey: true, altKey: true, shiftKey: true })),
      ],
    )
    for (const name of [...names, ...shortcutIds.flatMap((id) => [...shortcuts[id].keys])])
      expect([
        name,
        input.safeParse({ requestId: 'request-1', keys: { resolve: [name] }, hasSingleKeys: true }).success,
      ]).toEqual([name, true])
  })
})
