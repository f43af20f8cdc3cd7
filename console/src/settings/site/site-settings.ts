import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import { ask } from '../../connection.ts'
import { requestId } from '../parts/request-id.ts'
import { type Asked, useAsk } from '../parts/use-ask.ts'
import { checkWish, type FieldErrors } from '../parts/wish-errors.ts'

export type SitePart = Partial<Omit<SiteSettings, 'siteId' | 'siteKey'>>

export interface SiteForm {
  asked: Asked<SiteSettings>
  check: (part: SitePart) => FieldErrors
  save: (part: SitePart) => Promise<Refusal | null>
}

/** Each page edits its own part; the rest is read anew before saving, so that two admins do not undo each other. */
export function useSite(): SiteForm {
  const asked = useAsk('viewSite', {})
  return {
    asked,
    check(part) {
      if (asked.value === undefined) return {}
      return checkWish('saveSite', {
        requestId: 'unsent00',
        settings: settingsOf({ ...asked.value, ...part }),
      })
    },
    async save(part) {
      const before = asked.value
      if (before !== undefined) asked.put({ ...before, ...part })
      const fresh = await ask('viewSite', {})
      const outcome = fresh.ok
        ? await ask('saveSite', { requestId: requestId(), settings: settingsOf({ ...fresh.value, ...part }) })
        : fresh
      if (outcome.ok) asked.put(outcome.value)
      else if (before !== undefined) asked.put(before)
      return outcome.ok ? null : outcome.refusal
    },
  }
}

function settingsOf({ siteId: _, siteKey: __, ...settings }: SiteSettings) {
  return settings
}
