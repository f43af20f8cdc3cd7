import { Check } from 'lucide'
import { describe, expect, it } from 'vitest'
import type { ConsoleCommand } from '../acts/console-commands.ts'
import { givenRow } from '../inbox/row-given.ts'
import { findLines } from './find-commands.ts'

const command = (group: ConsoleCommand['group'], label: string, isUnlisted = false): ConsoleCommand => ({
  group,
  label,
  icon: Check,
  isUnlisted,
  run: () => {},
})
const commands = [
  command('This conversation', 'Assign to Wren Ashby'),
  command('This conversation', 'Resolve'),
  command('This conversation', 'Secret', true),
  command('Go to', 'Settings'),
  command('You', 'Set yourself away'),
]
const rows = [
  givenRow(),
  givenRow({
    conversationId: 'cnv_omar',
    customer: { contactId: 'con_omar', name: 'Omar Haddad', role: 'buyer', isVerified: true },
    about: { order: { id: '48401', isVerified: true } },
  }),
]
const labels = (typed: string) => findLines(typed, commands, rows, 'mem_priya').map((line) => line.label)

describe('the command menu', () => {
  it('lists every command before anything is typed, and nothing that is by key only', () => {
    expect(labels('')).toEqual(['Assign to Wren Ashby', 'Resolve', 'Settings', 'Set yourself away'])
  })

  it('puts the best match first, whatever its group', () => {
    expect(labels('away')[0]).toBe('Set yourself away')
    expect(labels('assi')[0]).toBe('Assign to Wren Ashby')
  })

  it('finds conversations by what was said', () => {
    expect(labels('parcel')).toContain('Maya Lindqvist: Where is my parcel?')
  })

  it('narrows to orders, people or actions by the first sign', () => {
    expect(labels('#484')).toEqual(['Order 48401, Omar Haddad'])
    expect(labels('@omar')).toEqual(['Omar Haddad'])
    expect(labels('>set')).toEqual(expect.arrayContaining(['Settings', 'Set yourself away']))
    expect(labels('>omar')).toEqual([])
  })
})
