import { describe, expect, it } from 'vitest'
import { comingTime, dayLine } from '../times.ts'
import { asFieldValue, snoozeChoices } from './snooze-times.ts'

const at = (day: number, hour: number) => new Date(2026, 10, day, hour)
const untils = (now: Date) => snoozeChoices(now).map(({ until }) => asFieldValue(until))

describe('the times a conversation can sleep', () => {
  it('are an hour, tomorrow at nine and next Monday at nine', () => {
    // 20 November 2026 is a Friday.
    expect(untils(at(20, 10))).toEqual(['2026-11-20T11:00', '2026-11-21T09:00', '2026-11-23T09:00'])
  })

  it('mean the coming Monday on a Sunday, and a whole week on a Monday', () => {
    expect(untils(at(22, 10))[2]).toBe('2026-11-23T09:00')
    expect(untils(at(23, 10))[2]).toBe('2026-11-30T09:00')
  })

  it('are said by the nearest name of their day', () => {
    const now = at(20, 10).getTime()
    expect(comingTime(at(20, 14).toISOString(), now)).toBe('14:00')
    expect(comingTime(at(21, 9).toISOString(), now)).toBe('tomorrow 09:00')
    expect(comingTime(at(23, 9).toISOString(), now)).toBe('Mon 09:00')
    expect(dayLine(at(19, 9).toISOString(), now)).toBe('Yesterday, 19 November')
  })
})
