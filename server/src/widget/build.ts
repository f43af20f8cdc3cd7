import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const placeholder = 'PARLEY_SITE'

/** The built widget, read once: the loader cut at the place for a site's public words, and the panel's parts. */
export interface WidgetBuild {
  loader: readonly [before: string, after: string]
  panel: { script: string; style: string; scriptHash: string; styleHash: string }
}

export function readWidgetBuild(distDir: string): WidgetBuild {
  const [before, after, ...more] = readFileSync(join(distDir, 'loader', 'loader.js'), 'utf8').split(
    placeholder,
  )
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('The widget build has no single place for the site. Run npm run build.')
  return {
    loader: [before, after],
    panel: JSON.parse(readFileSync(join(distDir, 'panel', 'panel.json'), 'utf8')),
  }
}
