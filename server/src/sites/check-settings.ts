import type { IntakeForm } from '@parley/shared/protocol/reading.ts'
import { Refused } from '../app/refused.ts'
import type { StoredSettings } from './default-settings.ts'
import { isTimeZone } from './hours.ts'
import { sanitizeMarkup } from './markup.ts'

/** What the shape cannot say. Answers the settings as they are stored: origins in one spelling, markup cleaned. */
export function checkSettings(given: StoredSettings, supportQueueIds: readonly string[]): StoredSettings {
  checkHours(given.hours)
  given.topics.forEach((topic, at) => {
    if (topic.queueId !== null && !supportQueueIds.includes(topic.queueId)) {
      throw new Refused('invalid', 'topic.queue', { field: `settings.topics.${at}.queueId` })
    }
  })
  checkUnique(given.topics, 'topic.twice', 'settings.topics')
  const topicIds = given.topics.map((topic) => topic.id)
  checkForm(given.intake.support, topicIds, 'settings.intake.support')
  checkForm(given.intake.vendor, topicIds, 'settings.intake.vendor')
  const { branding } = given
  return {
    ...given,
    allowedOrigins: [...new Set(given.allowedOrigins.map(originOf))],
    totpRoles: [...new Set(given.totpRoles)],
    branding: {
      ...branding,
      welcome: sanitizeMarkup(branding.welcome),
      closing: sanitizeMarkup(branding.closing),
    },
  }
}

function originOf(text: string, at: number): string {
  if (!URL.canParse(text))
    throw new Refused('invalid', 'origin.shape', { field: `settings.allowedOrigins.${at}` })
  return new URL(text).origin
}

function checkHours(hours: StoredSettings['hours']): void {
  if (!isTimeZone(hours.timeZone))
    throw new Refused('invalid', 'hours.timeZone', { field: 'settings.hours.timeZone' })
  hours.week.forEach((day, weekday) => {
    const sorted = [...day].sort((a, b) => a.from.localeCompare(b.from))
    const isWrong = sorted.some((span, at) => {
      const next = sorted[at + 1]
      return span.from >= span.to || (next !== undefined && next.from < span.to)
    })
    if (isWrong) throw new Refused('invalid', 'hours.order', { field: `settings.hours.week.${weekday}` })
  })
}

function checkForm(form: IntakeForm, topicIds: readonly string[], field: string): void {
  checkUnique(form.fields, 'intake.twice', `${field}.fields`)
  form.fields.forEach((one, at) => {
    const path = `${field}.fields.${at}`
    if (one.type === 'choice' && (one.choices ?? []).length < 2) {
      throw new Refused('invalid', 'intake.choices', { field: `${path}.choices` })
    }
    if (one.choices) checkUnique(one.choices, 'intake.twice', `${path}.choices`)
    if (one.topics?.some((topic) => !topicIds.includes(topic))) {
      throw new Refused('invalid', 'intake.topic', { field: `${path}.topics` })
    }
  })
}

function checkUnique(entries: readonly { id: string }[], reason: string, field: string): void {
  const seen = new Set<string>()
  entries.forEach(({ id }, at) => {
    if (seen.has(id)) throw new Refused('invalid', reason, { field: `${field}.${at}.id` })
    seen.add(id)
  })
}
