import { type Trigger, type TriggerSettings, triggerFileSchema } from '@parley/shared/protocol/triggers.ts'
import { describeRule } from '@parley/shared/triggers/describe-rule.ts'
import { Document, parseDocument } from 'yaml'
import type { z } from 'zod'
import { Refused } from '../app/refused.ts'

type TriggerFile = z.output<typeof triggerFileSchema>

/** Each rule under the sentence that says what it does. */
export function writeYaml(settings: TriggerSettings, triggers: readonly Trigger[]): string {
  const document = new Document({
    parley: 'triggers',
    settings,
    triggers: triggers.map(({ name, isOn, rule }) => ({ name, isOn, rule })),
  })
  const names = Object.fromEntries(settings.segments.map((segment) => [segment.id, segment.name]))
  triggers.forEach(({ rule }, index) => {
    const node = document.getIn(['triggers', index], true) as { commentBefore?: string }
    node.commentBefore = ` ${describeRule(rule, names)}`
  })
  return document.toString({ lineWidth: 0 })
}

/** Aliases are refused: a few lines of them can grow into more than memory holds. */
export function readYaml(text: string): TriggerFile {
  const document = parseDocument(text, { merge: false, uniqueKeys: true })
  const [problem] = document.errors
  if (problem)
    throw new Refused('invalid', 'triggerFile.yaml', { field: `line ${problem.linePos?.[0].line ?? 1}` })
  const parsed = triggerFileSchema.safeParse(plainOf(document))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refused('invalid', 'triggerFile.shape', { field: issue?.path.map(String).join('.') ?? '' })
}

function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    throw new Refused('invalid', 'triggerFile.yaml')
  }
}
