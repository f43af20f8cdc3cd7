import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readWidgetBuild } from '@parley/server/src/widget/build.ts'
import { loaderSource } from '@parley/server/src/widget/loader-source.ts'
import { panelDocument } from '@parley/server/src/widget/panel-document.ts'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { Figure } from '../bench/figures.ts'

const kibi = 1024

/** Budgets of the widget, in bytes as they go over the wire. */
const goals = {
  loader: { gz: 3 * kibi, br: 2.7 * kibi },
  panel: { gz: 13 * kibi, br: 11.7 * kibi },
  realtime: { gz: 11 * kibi },
  later: { gz: 8 * kibi },
  firstMessage: { gz: 28 * kibi },
} as const

/** Needed for the first conversation: fetched beside the first screen, not on use. */
const atOnce = ['realtime', 'live', 'form']

/** What a browser is sent for a site like the demo's, gzip 9 and brotli 11. */
export function measureWidget(distDir: string, site: PanelSite): Figure[] {
  if (!existsSync(join(distDir, 'panel', 'panel.json')))
    throw new Error('There is no widget build. Run npm run build.')
  const build = readWidgetBuild(distDir)
  const loader = weigh(loaderSource(build, site))
  const panel = weigh(panelDocument(build, site, { welcome: '<p>Hello. How can we help?</p>', closing: '' }))
  const parts = new Map(
    readdirSync(join(distDir, 'panel', 'assets'))
      .filter((file) => file.endsWith('.js'))
      .map((file) => [
        file.replace(/-[\w-]{8}\.js$/, ''),
        weigh(readFileSync(join(distDir, 'panel', 'assets', file))),
      ]),
  )
  const first = atOnce.reduce((sum, name) => sum + (parts.get(name)?.gz ?? 0), loader.gz + panel.gz)
  return [
    bytes('widget.loader.gz', loader.gz, goals.loader.gz),
    bytes('widget.loader.br', loader.br, goals.loader.br),
    bytes('widget.panel.gz', panel.gz, goals.panel.gz),
    bytes('widget.panel.br', panel.br, goals.panel.br),
    bytes('widget.realtime.gz', parts.get('realtime')?.gz ?? Number.NaN, goals.realtime.gz),
    bytes('widget.conversation.gz', parts.get('live')?.gz ?? Number.NaN),
    ...[...parts]
      .filter(([name]) => name !== 'realtime' && name !== 'live')
      .map(([name, weight]) => bytes(`widget.later.${name}.gz`, weight.gz, goals.later.gz)),
    bytes('widget.firstMessage.gz', first, goals.firstMessage.gz),
  ]
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
