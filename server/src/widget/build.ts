import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The built widget, read once: the loader cut at the place for a site's public words, and the panel's parts. */
export interface WidgetBuild {
  loader: readonly [before: string, after: string]
  /** What stands around the loader of a site that keeps it away from paths or has it wait: places for both. */
  gate: readonly [before: string, between: string, after: string]
  /** The trigger engine, cut at the place for a site's rules. */
  engine: readonly [before: string, after: string]
  panel: { script: string; style: string; scriptHash: string; styleHash: string }
}

export function readWidgetBuild(distDir: string): WidgetBuild {
  return {
    loader: cutAt('PARLEY_SITE', join(distDir, 'loader', 'loader.js')),
    gate: gateIn(join(distDir, 'gate', 'gate.js')),
    engine: cutAt('PARLEY_RULES', join(distDir, 'triggers', 'engine.js')),
    panel: JSON.parse(readFileSync(join(distDir, 'panel', 'panel.json'), 'utf8')),
  }
}

function gateIn(path: string): readonly [string, string, string] {
  const [first, rest] = cutAt('PARLEY_SITE', path)
  return [first, ...cut(rest, 'PARLEY_LOADER')]
}

function cutAt(placeholder: string, path: string): readonly [string, string] {
  return cut(readFileSync(path, 'utf8'), placeholder)
}

function cut(text: string, placeholder: string): readonly [string, string] {
  const [before, after, ...more] = text.split(placeholder)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The widget build has no single place for ${placeholder}. Run npm run build.`)
  return [before, after]
}
