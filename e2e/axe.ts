import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Frame, Page } from 'playwright'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const axeSource = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
)

export type Place = Parameters<AxeBuilder['include']>[0]

/** Half a megabyte for each frame: brought once, not at every look. */
async function bring(frame: Frame): Promise<void> {
  if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(axeSource)
}

/** The whole page with every frame in it, or one place of it; each finding with where it is. */
export async function problems(page: Page, place?: Place): Promise<string[]> {
  await Promise.all(page.frames().map(bring))
  // Otherwise each look opens a page of its own to gather frames of other origins, which these pages do not have.
  const whole = new AxeBuilder({ page, axeSource: ';' }).setLegacyMode(true)
  const { violations } = await (place ? whole.include(place) : whole)
    .options({ resultTypes: ['violations'] })
    .withTags(levels)
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)
}
