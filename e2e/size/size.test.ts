import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { measureWidget } from './measure.ts'
import { measurePage } from './measure-page.ts'
import { ordinaryRules, ordinarySite } from './site.ts'

describe('the widget as it is served', () => {
  const distDir = fileURLToPath(new URL('../../widget/dist', import.meta.url))
  const figures = measureWidget(distDir, ordinarySite, ordinaryRules)

  it.each(figures.filter(({ goal }) => goal !== undefined))(
    'keeps $name within $goal bytes',
    ({ value, goal }) => {
      expect(value).toBeGreaterThan(100)
      expect(value).toBeLessThanOrEqual(goal ?? 0)
    },
  )

  it('weighs every part a visitor can be sent', () => {
    expect(figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'realtime.gzip',
        'conversation.gzip',
        'firstMessage.gzip',
        'later.feeds.gzip',
        'later.talk.gzip',
        'later.files.gzip',
        'later.polling.gzip',
        'later.judge.gzip',
        'later.present.gzip',
        'later.debug.gzip',
      ]),
    )
  })

  it('asks little of a page: no socket, cookie or shift, few requests, no long task', async () => {
    const felt = await measurePage()
    expect(felt.map(({ name }) => name)).toEqual([
      'idle.requests',
      'idle.sockets',
      'idle.cookies',
      'idle.cls',
      'longTasksOver50Ms',
      'firstMessage.requests',
    ])
    for (const { name, ok } of felt) expect([name, ok]).toEqual([name, true])
  }, 300_000)
})
