import type { Hours } from '@parley/shared/protocol/settings.ts'
import { describe, expect, it } from 'vitest'
import { closesAt, isOpenAt, isTimeZone, opensAt } from './hours.ts'

const working = [{ from: '08:00', to: '20:00' }]
const lisbon: Hours = {
  timeZone: 'Europe/Lisbon',
  week: [working, working, working, working, working, [], []],
  closedOn: ['2026-12-25'],
}
const always: Hours = {
  timeZone: 'Europe/Lisbon',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  closedOn: [],
}
const daily = (timeZone: string, from: string, to: string): Hours => ({
  timeZone,
  week: Array.from({ length: 7 }, () => [{ from, to }]),
  closedOn: [],
})
const at = (iso: string) => new Date(iso)
const iso = (date: Date | null) => date?.toISOString() ?? null

describe('opening hours', () => {
  it('are open from the first minute to before the last', () => {
    expect(isOpenAt(lisbon, at('2026-11-23T08:00:00Z'))).toBe(true)
    expect(isOpenAt(lisbon, at('2026-11-23T07:59:59Z'))).toBe(false)
    expect(isOpenAt(lisbon, at('2026-11-23T19:59:59Z'))).toBe(true)
    expect(isOpenAt(lisbon, at('2026-11-23T20:00:00Z'))).toBe(false)
  })

  it('name the next opening over a weekend and none while open', () => {
    expect(iso(opensAt(lisbon, at('2026-11-20T21:00:00Z')))).toBe('2026-11-23T08:00:00.000Z')
    expect(opensAt(lisbon, at('2026-11-23T09:00:00Z'))).toBeNull()
  })

  it('stay closed on a closed date whatever the weekday', () => {
    expect(isOpenAt(lisbon, at('2026-12-25T10:00:00Z'))).toBe(false)
    expect(iso(opensAt(lisbon, at('2026-12-24T20:30:00Z')))).toBe('2026-12-28T08:00:00.000Z')
  })

  it('follow summer time: the same local hour is another instant', () => {
    expect(iso(opensAt(lisbon, at('2026-07-06T01:00:00Z')))).toBe('2026-07-06T07:00:00.000Z')
    expect(iso(closesAt(lisbon, at('2026-07-06T12:00:00Z')))).toBe('2026-07-06T19:00:00.000Z')
  })

  it('open at the change when clocks skip the opening time', () => {
    // Berlin goes from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    const night = daily('Europe/Berlin', '02:30', '06:00')
    expect(iso(opensAt(night, at('2026-03-29T00:00:00Z')))).toBe('2026-03-29T01:00:00.000Z')
    expect(iso(closesAt(night, at('2026-03-29T01:00:00Z')))).toBe('2026-03-29T04:00:00.000Z')
  })

  it('open once when clocks show the opening time twice', () => {
    // New York goes from 02:00 back to 01:00 on 1 November 2026, at 06:00 UTC.
    const night = daily('America/New_York', '01:30', '05:00')
    expect(iso(opensAt(night, at('2026-11-01T05:00:00Z')))).toBe('2026-11-01T05:30:00.000Z')
    expect(isOpenAt(night, at('2026-11-01T06:10:00Z'))).toBe(true)
    expect(iso(closesAt(night, at('2026-11-01T05:30:00Z')))).toBe('2026-11-01T10:00:00.000Z')
  })

  it('belong to the day of the time zone, not of UTC', () => {
    const auckland: Hours = { ...lisbon, timeZone: 'Pacific/Auckland', closedOn: [] }
    expect(isOpenAt(auckland, at('2026-11-22T20:00:00Z'))).toBe(true)
    expect(isOpenAt(auckland, at('2026-11-21T20:00:00Z'))).toBe(false)
  })

  it('understand offsets of half an hour and days of three quarters', () => {
    expect(iso(opensAt(daily('Asia/Kathmandu', '09:00', '17:00'), at('2026-11-22T00:00:00Z')))).toBe(
      '2026-11-22T03:15:00.000Z',
    )
  })

  it('join stretches that meet, also over midnight', () => {
    const late: Hours = {
      ...lisbon,
      week: [[{ from: '18:00', to: '24:00' }], [{ from: '00:00', to: '02:00' }], [], [], [], [], []],
    }
    expect(iso(closesAt(late, at('2026-11-23T19:00:00Z')))).toBe('2026-11-24T02:00:00.000Z')
    expect(iso(closesAt(late, at('2026-11-24T01:00:00Z')))).toBe('2026-11-24T02:00:00.000Z')
  })

  it('never close when every day is whole', () => {
    expect(isOpenAt(always, at('2026-11-22T23:59:59Z'))).toBe(true)
    expect(closesAt(always, at('2026-11-22T12:00:00Z'))).toBeNull()
    expect(opensAt(always, at('2026-11-22T12:00:00Z'))).toBeNull()
  })

  it('never open when no day has any', () => {
    const never: Hours = { ...lisbon, week: Array.from({ length: 7 }, () => []) }
    expect(isOpenAt(never, at('2026-11-23T12:00:00Z'))).toBe(false)
    expect(opensAt(never, at('2026-11-23T12:00:00Z'))).toBeNull()
    expect(closesAt(never, at('2026-11-23T12:00:00Z'))).toBeNull()
  })

  it('agree with each other at every hour of a year in zones of every kind', () => {
    for (const timeZone of ['Europe/Lisbon', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      const hours: Hours = { ...lisbon, timeZone }
      for (let hour = 0; hour < 365 * 24; hour += 29) {
        const now = at(new Date(Date.UTC(2026, 0, 1, hour)).toISOString())
        const isOpen = isOpenAt(hours, now)
        expect(opensAt(hours, now) === null).toBe(isOpen)
        expect(closesAt(hours, now) === null).toBe(!isOpen)
        const next = isOpen ? closesAt(hours, now) : opensAt(hours, now)
        expect(next && isOpenAt(hours, next)).toBe(!isOpen)
      }
    }
  })

  it('know a time zone from a guess', () => {
    expect(isTimeZone('Europe/Lisbon')).toBe(true)
    expect(isTimeZone('Europe/Atlantis')).toBe(false)
  })
})
