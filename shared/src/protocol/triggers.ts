import { z } from 'zod'
import type { Action, Condition, Fact, LiveRule, Rule, RulesFile } from '../triggers/rule.ts'
import type { CommandDefinition } from './commands.ts'
import { id, line, requestId, storable } from './texts.ts'

const seconds = z.number().int().min(1).max(3_600)
/** Enough for `.return`, `[data-wish=return]` or `#register button`; nothing that could take long to match. */
const selector = z
  .string()
  .trim()
  .min(1, { error: 'text.empty' })
  .max(120, { error: 'text.tooLong' })
  .regex(/^[\w\-#.[\]="'>~+:*^$|,/ ]+$/, { error: 'trigger.selector' })
const eventName = z.string().regex(/^[A-Za-z][\w.:-]{0,59}$/, { error: 'trigger.event' })
const times = z.number().int().min(1).max(20).optional()

const signal = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('page'), times }),
  z.strictObject({ on: z.literal('time'), amount: seconds }),
  z.strictObject({ on: z.literal('scroll'), amount: z.number().int().min(1).max(100) }),
  z.strictObject({ on: z.literal('idle'), amount: seconds }),
  z.strictObject({ on: z.literal('exit'), times }),
  z.strictObject({ on: z.literal('launcher'), amount: z.number().int().min(100).max(10_000), times }),
  z.strictObject({
    on: z.literal('hover'),
    at: selector,
    amount: z.number().int().min(100).max(10_000),
    times,
  }),
  z.strictObject({ on: z.literal('click'), at: selector, times }),
  z.strictObject({ on: z.literal('invalid'), at: selector.optional(), times }),
  z.strictObject({ on: z.literal('event'), at: eventName, times }),
])

const facts = [
  'path',
  'language',
  'device',
  'role',
  'signedIn',
  'orderState',
  'cartValue',
  'visits',
  'intent',
  'field',
  'declineClass',
  'open',
  'support',
  'vendor',
] as const satisfies readonly Fact[]
const amount = z.number().min(0).max(1_000_000_000)
const pattern = z
  .string()
  .trim()
  .min(1, { error: 'text.empty' })
  .max(200, { error: 'text.tooLong' })
  .refine((text) => (text.match(/\*/g) ?? []).length <= 4, { error: 'trigger.stars' })
const leaf = z.union([
  z.strictObject({ fact: z.enum(facts), is: z.array(pattern).min(1).max(20) }),
  z
    .strictObject({ fact: z.enum(['cartValue', 'visits']), from: amount.optional(), to: amount.optional() })
    .refine(({ from, to }) => from !== undefined || to !== undefined, { error: 'trigger.range' }),
  z.strictObject({ segment: id }),
])

type ConditionSchema = z.ZodType<Condition, Condition>

/** Nested no deeper than people can read. */
function conditionOf(depth: number): ConditionSchema {
  if (depth === 0) return leaf as unknown as ConditionSchema
  const deeper = z.lazy(() => conditionOf(depth - 1))
  return z.union([
    leaf,
    z.strictObject({ all: z.array(deeper).min(1).max(12) }),
    z.strictObject({ any: z.array(deeper).min(1).max(12) }),
    z.strictObject({ not: deeper }),
  ]) as unknown as ConditionSchema
}
const condition = conditionOf(4)

const action = z
  .strictObject({
    show: z.enum(['badge', 'bubble', 'teaser', 'open', 'article']),
    title: line(60).optional(),
    text: line(160).optional(),
    button: line(30).optional(),
    url: storable(500)
      .regex(/^https:\/\/\S+$|^\/(?!\/)\S*$/, { error: 'trigger.url' })
      .optional(),
    with: z.enum(['choice', 'vendor', 'support']).optional(),
    intent: line(40).optional(),
    topic: id.optional(),
    prefill: storable(500).optional(),
  })
  .refine(({ show, title }) => (show !== 'teaser' && show !== 'article') || !!title, {
    error: 'text.empty',
    path: ['title'],
  })
  .refine(({ show, text }) => show !== 'bubble' || !!text, { error: 'text.empty', path: ['text'] })
  .refine(({ show, url }) => show !== 'article' || !!url, { error: 'text.empty', path: ['url'] })

/** Written once as a type, which the page knows without this library, and once as its check. */
export const ruleSchema: z.ZodType<Rule, Rule> = z
  .strictObject({
    when: z.array(signal).min(1).max(4),
    withinSeconds: z.number().int().min(1).max(86_400).optional(),
    afterSeconds: z.number().int().min(1).max(120).optional(),
    if: condition.optional(),
    do: action,
    often: z.strictObject({
      times: z.number().int().min(1).max(20),
      days: z.number().int().min(0).max(3_650),
    }),
    share: z
      .strictObject({ percent: z.number().int().min(1).max(100), holdOut: z.number().int().min(0).max(50) })
      .optional(),
    goal: eventName.optional(),
  })
  // The chat opens by itself only on a clear act of the person: anything else is a pop-up over somebody's page.
  .refine((rule) => rule.do.show !== 'open' || rule.when.at(-1)?.on === 'click', {
    error: 'trigger.openOnClick',
    path: ['do', 'show'],
  }) as unknown as z.ZodType<Rule, Rule>

const segment = z.strictObject({ id, name: line(60), if: conditionOf(3) })

export const triggerSettingsSchema = z.strictObject({
  perPage: z.number().int().min(0).max(5),
  perDay: z.number().int().min(0).max(20),
  quietHours: z.number().int().min(0).max(720),
  /** Triggers stay away from these paths. */
  excluded: z.array(pattern).max(40),
  /** The whole widget stays away from these: payment pages. */
  neverOn: z.array(pattern).max(20),
  /** It stays away from every page until that page says that its visitor consents. */
  waitsForConsent: z.boolean().default(false),
  measure: z.enum(['off', 'unlessAsked', 'always']),
  segments: z.array(segment).max(20),
})
export type TriggerSettings = z.output<typeof triggerSettingsSchema>

export const defaultTriggerSettings: TriggerSettings = {
  perPage: 1,
  perDay: 2,
  quietHours: 24,
  excluded: [],
  neverOn: [],
  waitsForConsent: false,
  measure: 'unlessAsked',
  segments: [],
}

export interface Trigger {
  triggerId: string
  name: string
  isOn: boolean
  rule: Rule
  version: number
  savedAt: string
  savedBy: string
}

export interface TriggerVersion {
  version: number
  name: string
  isOn: boolean
  rule: Rule
  savedAt: string
  savedBy: string
}

/** What a page can count, of a rule or of the launcher (no rule). */
export const countNames = [
  'evaluated',
  'shown',
  'heldOut',
  'dismissed',
  'accepted',
  'started',
  'heldStarted',
  'reached',
  'heldReached',
  'excluded',
  'condition',
  'share',
  'often',
  'cooling',
  'perPage',
  'perDay',
  'typing',
  'covered',
] as const
export const launcherCounts = ['seen', 'hovered', 'opened'] as const
export type CountName = (typeof countNames)[number] | (typeof launcherCounts)[number]

export type TriggerCounts = Partial<Record<CountName, number>>

export interface TriggerReport {
  from: string
  launcher: TriggerCounts
  triggers: { triggerId: string; counts: TriggerCounts }[]
  /** Shown per day, oldest first, over all rules. */
  days: { day: string; shown: number }[]
}

export interface TriggerList {
  triggers: Trigger[]
  settings: TriggerSettings
  /** Weight of the one file that a page fetches when idle; null while no rule is on. */
  file: { bytes: number; limit: number } | null
}

export interface ImportedTriggers {
  added: string[]
  changed: string[]
  unchanged: string[]
}

const name = line(60)
const triggerId = id
const read = { on: 'site', isRead: true } as const
const onSite = { on: 'site' } as const

export const triggerCommands = {
  listTriggers: { input: z.strictObject({}), action: 'trigger.view', ...read },
  listTriggerVersions: { input: z.strictObject({ triggerId }), action: 'trigger.view', ...read },
  readTriggerReport: {
    input: z.strictObject({ days: z.number().int().min(1).max(90).default(7) }),
    action: 'trigger.view',
    ...read,
  },
  exportTriggers: { input: z.strictObject({}), action: 'trigger.view', ...read },
  /** `version` is the one that was changed: somebody faster makes it a conflict. */
  saveTrigger: {
    input: z.strictObject({
      requestId,
      triggerId: triggerId.nullable(),
      version: z.number().int().min(0),
      name,
      isOn: z.boolean(),
      rule: ruleSchema,
    }),
    action: 'trigger.configure',
    ...onSite,
  },
  removeTrigger: { input: z.strictObject({ requestId, triggerId }), action: 'trigger.configure', ...onSite },
  /** The first that may show does. */
  orderTriggers: {
    input: z.strictObject({ requestId, triggerIds: z.array(triggerId).max(60) }),
    action: 'trigger.configure',
    ...onSite,
  },
  saveTriggerSettings: {
    input: z.strictObject({ requestId, settings: triggerSettingsSchema }),
    action: 'trigger.configure',
    ...onSite,
  },
  /** Rules of the same name are changed, others added; nothing is removed. */
  importTriggers: {
    input: z.strictObject({ requestId, yaml: storable(200_000) }),
    action: 'trigger.configure',
    ...onSite,
  },
} as const satisfies Record<string, CommandDefinition>

/** As it stands in a YAML file. */
export const triggerFileSchema = z.strictObject({
  parley: z.literal('triggers'),
  settings: triggerSettingsSchema.partial().optional(),
  triggers: z.array(z.strictObject({ name, isOn: z.boolean().default(false), rule: ruleSchema })).max(60),
})

export type { Action, Condition, LiveRule, Rule, RulesFile }
