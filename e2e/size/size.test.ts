import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { measureWidget } from './measure.ts'
import { ordinarySite } from './site.ts'

/** Told by the command, and open until it is met: see the figure's goal. */
const open = ['widget.firstMessage.gz']

describe('the widget as it is served', () => {
  const figures = measureWidget(fileURLToPath(new URL('../../widget/dist', import.meta.url)), ordinarySite)

  it.each(figures.filter(({ name, goal }) => goal !== undefined && !open.includes(name)))(
    'keeps $name within $goal bytes',
    ({ value, goal }) => {
      expect(value).toBeGreaterThan(100)
      expect(value).toBeLessThanOrEqual(goal ?? 0)
    },
  )

  it('weighs every part a visitor can be sent', () => {
    expect(figures.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'widget.realtime.gz',
        'widget.later.form.gz',
        'widget.later.files.gz',
        'widget.later.polling.gz',
      ]),
    )
  })
})
