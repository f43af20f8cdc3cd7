import { describe, expect, it } from 'vitest'
import { posesAsStaff } from './poses-as-staff.ts'

describe('a name', () => {
  it.each([
    'Support',
    'Marlow Support',
    'MarlowSupport',
    'Support-Team',
    'the Marlow team',
    'Marlow',
    'Official Staff',
    'M o d e r a t o r',
    'Modеrаtоr',
    'M0derat0r',
    'Ѕuрроrt',
    'ａｄｍｉｎ',
    'Admi\u0301n',
    'Adm\u200bin',
    'Customer Service',
    'Rnoderator',
    '$upp0rt',
    'Soporte',
    'Kundtjänst',
    'Modérateur',
  ])('that reads like one of the marketplace’s people is known: %s', (name) => {
    expect(posesAsStaff(name, 'Marlow')).toBe(true)
  })

  it.each([
    'Marta Oliveira',
    'Jane Marlow',
    'Team Rocket',
    'Adminah Okafor',
    'Ольга Петрова',
    'Γιώργος',
    '李小龙',
    'Otto Supp',
    'Frits Staff',
    'Oluwaseun Adebayo-Fernández',
    'Chat Noir',
    '🙂',
    '',
    'x',
  ])('of anybody else is theirs: %s', (name) => {
    expect(posesAsStaff(name, 'Marlow')).toBe(false)
  })

  it('of a marketplace of several words is known by all of them, not by one', () => {
    expect(posesAsStaff('Corner & Shelf', 'Corner & Shelf')).toBe(true)
    expect(posesAsStaff('corner shelf support', 'Corner & Shelf')).toBe(true)
    expect(posesAsStaff('Anna Corner', 'Corner & Shelf')).toBe(false)
  })
})
