import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refused } from '../../app/refused.ts'
import { createAttempts } from './attempts.ts'

describe('tries to sign in', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  async function waitFor(work: Promise<unknown>): Promise<number | undefined> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (error === undefined) return undefined
    expect(error).toBeInstanceOf(Refused)
    expect((error as Refused).refusal).toMatchObject({ code: 'rateLimited', reason: 'signIn.tooOften' })
    return (error as Refused).refusal.retryAfterMs
  }

  /** Fails again and again, waiting as told; answers the waits. */
  async function fail(times: number, account: (time: number) => string, ip: (time: number) => string) {
    const attempts = createAttempts()
    const waits: number[] = []
    for (let time = 0; time < times; time += 1) {
      const wait = await waitFor(attempts.begin(account(time), ip(time)))
      if (wait === undefined) continue
      waits.push(wait)
      vi.advanceTimersByTime(wait)
      expect(await waitFor(attempts.begin(account(time), ip(time)))).toBeUndefined()
    }
    return waits
  }

  it('are free five times and then wait longer each time, a minute at most for one account', async () => {
    const waits = await fail(
      14,
      () => 'ines@marlow.example',
      (time) => `198.51.100.${time}`,
    )
    expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  })

  it('from one address wait longer each time, whatever accounts are tried', async () => {
    const waits = await fail(
      12,
      (time) => `person-${time}@marlow.example`,
      () => '198.51.100.7',
    )
    expect(waits.map((ms) => Math.round(ms / 1000))).toEqual([2, 4, 8, 16, 32, 64])
  })

  it('of one household of IPv6 count together', async () => {
    const waits = await fail(
      8,
      (time) => `p${time}@x.example`,
      (time) => `2001:db8:1:2:${time}::1`,
    )
    expect(waits.length).toBeGreaterThan(0)
  })

  it('sent all at once are no way round: five and one are looked at', async () => {
    const attempts = createAttempts()
    const tries = Array.from({ length: 100 }, (_, at) =>
      waitFor(attempts.begin('a@b.example', `10.0.0.${at}`)),
    )
    const waits = await Promise.all(tries)
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(6)
  })

  it('while waiting make the wait no longer', async () => {
    const attempts = createAttempts()
    for (let time = 0; time < 6; time += 1) await waitFor(attempts.begin('a@b.example', `10.0.0.${time}`))
    const first = await waitFor(attempts.begin('a@b.example', '10.0.0.9'))
    for (let time = 0; time < 50; time += 1) await waitFor(attempts.begin('a@b.example', '10.0.0.9'))
    expect(await waitFor(attempts.begin('a@b.example', '10.0.0.9'))).toBe(first)
  })

  it('that succeed are forgotten', async () => {
    const attempts = createAttempts()
    for (let time = 0; time < 40; time += 1) {
      const attempt = await attempts.begin('ines@marlow.example', '198.51.100.7')
      await attempt.succeeded()
    }
  })

  it('of a stranger never keep out somebody who has signed in from here before', async () => {
    const attempts = createAttempts()
    await (await attempts.begin('ines@marlow.example', '192.0.2.1')).succeeded()
    for (let time = 0; time < 30; time += 1) {
      await waitFor(attempts.begin('ines@marlow.example', `198.51.100.${time}`))
    }
    expect(await waitFor(attempts.begin('ines@marlow.example', '203.0.113.1'))).toBeGreaterThan(0)
    expect(await waitFor(attempts.begin('ines@marlow.example', '192.0.2.1'))).toBeUndefined()
  })
})
