import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import { readWidgetBuild, type WidgetBuild } from './build.ts'
import { embed } from './embed.ts'

export interface RulesSource {
  /** Of its content: another rule is another address, so that any cache may keep it for ever. */
  name: string
  source: string
}

/** The engine with the rules of one site inside. */
export function rulesSource(build: WidgetBuild, file: RulesFile): RulesSource {
  const [before, after] = build.engine
  const source = `${before}${embed(file)}${after}`
  return { name: createHash('sha256').update(source).digest('base64url').slice(0, 8), source }
}

/** What a page is sent, in bytes over the wire; nothing where the widget is not built. */
export function weighRules(distDir: string, file: RulesFile): number | null {
  try {
    return gzipSync(rulesSource(readWidgetBuild(distDir), file).source, { level: 9 }).length
  } catch {
    return null
  }
}
