import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readWidgetBuild } from '@parley/server/src/widget/build.ts'
import { loaderSource } from '@parley/server/src/widget/loader-source.ts'
import { panelDocument } from '@parley/server/src/widget/panel-document.ts'
import { rulesSource } from '@parley/server/src/widget/rules-source.ts'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import type { Figure } from '../bench/figures.ts'

const kibi = 1024

/** Budgets of the widget, in bytes as they go over the wire. */
const goals = {
  loader: { gz: 3 * kibi, br: 2.7 * kibi },
  /** With what stands around it on a site that keeps it off paths and has it wait for consent. */
  gated: { gz: 4.1 * kibi },
  triggers: { gz: 3 * kibi },
  panel: { gz: 11.5 * kibi, br: 10.2 * kibi },
  first: { gz: 14.5 * kibi },
  realtime: { gz: 4.25 * kibi },
  later: { gz: 7.75 * kibi },
  conversation: { gz: 9.5 * kibi },
  firstMessage: { gz: 28 * kibi },
} as const

/** Needed for a first message: fetched beside the first screen, not on use. */
export const atOnce = ['realtime', 'live']

/** What a browser is sent for a site with triggers, gzip 9 and brotli 11. */
export function measureWidget(distDir: string, site: PanelSite, rules: RulesFile): Figure[] {
  if (!existsSync(join(distDir, 'panel', 'panel.json')))
    throw new Error('There is no widget build. Run npm run build.')
  const build = readWidgetBuild(distDir)
  const { name, source } = rulesSource(build, rules)
  const loader = weigh(loaderSource(build, site, { rules: name }))
  const gated = weigh(loaderSource(build, site, { rules: name, never: ['/pay'], consent: true }))
  const panel = weigh(panelDocument(build, site, { welcome: '<p>Hello. How can we help?</p>', closing: '' }))
  const parts = weighFolder(join(distDir, 'panel', 'assets'))
  const first = atOnce.reduce((sum, part) => sum + (parts.get(part)?.gz ?? Number.NaN), loader.gz + panel.gz)
  return [
    bytes('loader.gzip', loader.gz, goals.loader.gz),
    bytes('loader.brotli', loader.br, goals.loader.br),
    bytes('loader.gated.gzip', gated.gz, goals.gated.gz),
    bytes('triggers.gzip', weigh(source).gz, goals.triggers.gz),
    bytes('panel.gzip', panel.gz, goals.panel.gz),
    bytes('panel.brotli', panel.br, goals.panel.br),
    bytes('firstScreen.gzip', loader.gz + panel.gz, goals.first.gz),
    bytes('realtime.gzip', parts.get('realtime')?.gz ?? Number.NaN, goals.realtime.gz),
    bytes('conversation.gzip', parts.get('live')?.gz ?? Number.NaN, goals.conversation.gz),
    ...[...parts, ...weighFolder(join(distDir, 'triggers', 'parts'))]
      .filter(([part]) => !atOnce.includes(part))
      .map(([part, weight]) => bytes(`later.${part}.gzip`, weight.gz, goals.later.gz)),
    bytes('firstMessage.gzip', first, goals.firstMessage.gz),
  ]
}

function weighFolder(folder: string): Map<string, { gz: number; br: number }> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'))
  return new Map(
    files.map((file) => [file.replace(/-[\w-]{8}\.js$/, ''), weigh(readFileSync(join(folder, file)))]),
  )
}

/** Bytes are counted, never rounded. */
function bytes(name: string, value: number, goal?: number): Figure {
  const whole = goal === undefined ? undefined : Math.floor(goal)
  return {
    name,
    value,
    unit: 'B',
    better: 'lower',
    ...(whole === undefined ? {} : { goal: whole, ok: value <= whole }),
  }
}

function weigh(content: string | Buffer): { gz: number; br: number } {
  return { gz: gzipSync(content, { level: 9 }).length, br: brotliCompressSync(content).length }
}
