import type { Hours } from '@parley/shared/protocol/settings.ts'
import { describe, expect, it } from 'vitest'
import { checkHours } from './check-hours.ts'
import { describeHours } from './describe-hours.ts'

const workday = [{ from: '08:00', to: '18:00' }]
const allDay = [{ from: '00:00', to: '24:00' }]
const office: Hours = {
  timeZone: 'Europe/Lisbon',
  week: [workday, workday, workday, workday, workday, [], []],
  closedOn: [],
}
/** 2026-11-23 is a Monday; Lisbon is on UTC in winter. */
const at = (time: string) => new Date(time)

describe('the sentence about the hours', () => {
  it('names the closing time while open', () => {
    expect(describeHours(office, at('2026-11-23T09:30:00Z'))).toEqual({
      isOpen: true,
      sentence: 'Open now, until 18:00',
    })
  })

  it('closes on the minute', () => {
    expect(describeHours(office, at('2026-11-23T17:59:59Z')).isOpen).toBe(true)
    expect(describeHours(office, at('2026-11-23T18:00:00Z')).isOpen).toBe(false)
  })

  it('names today, tomorrow, a weekday or a date for the next opening', () => {
    const sentence = (hours: Hours, time: string) => describeHours(hours, at(time)).sentence
    expect(sentence(office, '2026-11-23T06:00:00Z')).toBe('Closed now, opens 08:00')
    expect(sentence(office, '2026-11-23T20:00:00Z')).toBe('Closed now, opens tomorrow at 08:00')
    expect(sentence(office, '2026-11-21T12:00:00Z')).toBe('Closed now, opens on Monday at 08:00')
    const holidays = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31']
    const closed = { ...office, closedOn: holidays }
    expect(sentence(closed, '2026-12-24T09:00:00Z')).toBe('Closed now, opens on 1 January at 08:00')
  })

  it('uses the site’s clock and not the reader’s', () => {
    const tokyo = { ...office, timeZone: 'Asia/Tokyo' }
    expect(describeHours(tokyo, at('2026-11-22T23:30:00Z')).sentence).toBe('Open now, until 18:00')
    expect(describeHours(tokyo, at('2026-11-23T09:30:00Z')).sentence).toBe(
      'Closed now, opens tomorrow at 08:00',
    )
  })

  it('stays right on the day the clocks go forward', () => {
    const sundays: Hours = { ...office, week: [[], [], [], [], [], [], workday] }
    // 2027-03-28: Lisbon goes from UTC to UTC+1 at 01:00.
    expect(describeHours(sundays, at('2027-03-28T07:30:00Z')).sentence).toBe('Open now, until 18:00')
    expect(describeHours(sundays, at('2027-03-28T06:30:00Z')).sentence).toBe('Closed now, opens 08:00')
    expect(describeHours(sundays, at('2027-03-28T17:00:00Z')).isOpen).toBe(false)
  })

  it('joins a night across midnight', () => {
    const night: Hours = {
      ...office,
      week: [[{ from: '20:00', to: '24:00' }], [{ from: '00:00', to: '04:00' }], [], [], [], [], []],
    }
    expect(describeHours(night, at('2026-11-23T22:00:00Z')).sentence).toBe(
      'Open now, until tomorrow at 04:00',
    )
  })

  it('says 24:00 where the next day does not go on at midnight', () => {
    const late: Hours = { ...office, week: [[{ from: '20:00', to: '24:00' }], workday, [], [], [], [], []] }
    expect(describeHours(late, at('2026-11-23T22:00:00Z')).sentence).toBe('Open now, until 24:00')
  })

  it('says so when it never closes, and when it never opens', () => {
    const always = { ...office, week: Array.from({ length: 7 }, () => allDay) }
    const never = { ...office, week: Array.from({ length: 7 }, () => []) }
    expect(describeHours(always, at('2026-11-23T22:00:00Z')).sentence).toBe('Open now, around the clock')
    expect(describeHours(never, at('2026-11-23T22:00:00Z')).sentence).toBe('Closed, and no opening is set')
  })

  it('is closed on a closed day and goes on with the next', () => {
    const closed = { ...office, closedOn: ['2026-11-23'] }
    expect(describeHours(closed, at('2026-11-23T10:00:00Z')).sentence).toBe(
      'Closed now, opens tomorrow at 08:00',
    )
  })

  it('asks for a time zone it does not know', () => {
    expect(describeHours({ ...office, timeZone: 'Mars/Base' }, at('2026-11-23T10:00:00Z')).isOpen).toBe(false)
  })
})

describe('hours that cannot be saved', () => {
  const monday = (...spans: { from: string; to: string }[]): Hours => ({
    ...office,
    week: [spans, [], [], [], [], [], []],
  })

  it('name the day whose end is not after its start', () => {
    expect(checkHours(monday({ from: '18:00', to: '08:00' }))['hours.week.0']).toMatch(/^Monday: the end/)
  })

  it('name the day whose openings overlap, in whatever order they were written', () => {
    const overlapping = monday({ from: '12:00', to: '16:00' }, { from: '08:00', to: '13:00' })
    expect(checkHours(overlapping)['hours.week.0']).toMatch(/overlap/)
    expect(checkHours(monday({ from: '13:00', to: '16:00' }, { from: '08:00', to: '13:00' }))).toEqual({})
  })

  it('name a time that is not one', () => {
    expect(checkHours(monday({ from: '', to: '13:00' }))['hours.week.0']).toMatch(/09:00/)
    expect(checkHours(monday({ from: '08:00', to: '24:30' }))['hours.week.0']).toMatch(/24:00/)
  })

  it('name an unknown time zone', () => {
    expect(Object.keys(checkHours({ ...office, timeZone: 'Lisbon' }))).toEqual(['hours.timeZone'])
    expect(checkHours(office)).toEqual({})
  })
})
