import { describe, expect, it } from 'vitest'
import { givenRow } from './row-given.ts'
import { replyTargetMs, waitOf } from './wait.ts'

const started = Date.parse('2026-11-20T10:00:00.000Z')
const after = (ms: number) => started + ms

describe('what a row says about its wait', () => {
  it('counts plain minutes while there is time', () => {
    expect(waitOf(givenRow(), after(2 * 60_000))).toEqual({
      form: 'plain',
      text: '2 m',
      spoken: 'Waiting 2 minutes',
    })
  })

  it('is due from three quarters of the target and over only after all of it', () => {
    expect(waitOf(givenRow(), after(replyTargetMs * 0.75 - 1)).form).toBe('plain')
    expect(waitOf(givenRow(), after(replyTargetMs * 0.75)).form).toBe('due')
    expect(waitOf(givenRow(), after(replyTargetMs)).form).toBe('due')
    expect(waitOf(givenRow(), after(replyTargetMs + 1)).form).toBe('over')
  })

  it('gives a message left outside hours a day', () => {
    const left = givenRow({ isLeftMessage: true })
    expect(waitOf(left, after(replyTargetMs * 10)).form).toBe('plain')
    expect(waitOf(left, after(25 * 60 * 60_000)).form).toBe('over')
  })

  it('waits on others once we have answered', () => {
    const answered = givenRow({ waitingSince: null, status: 'open' })
    expect(waitOf(answered, after(6 * 60_000))).toMatchObject({ form: 'others', text: '6 m ago' })
  })

  it('says until when it sleeps, whoever owes the answer', () => {
    const asleep = givenRow({ status: 'snoozed', snoozedUntilAt: '2026-11-20T14:00:00.000Z' })
    const wait = waitOf(asleep, started)
    expect(wait.form).toBe('snoozed')
    expect(wait.text).toMatch(/^Until \d\d:00$/)
  })

  it('never counts below zero when the clocks differ', () => {
    expect(waitOf(givenRow(), after(-30_000)).text).toBe('now')
  })
})
