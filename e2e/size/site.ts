import { marlow } from '@parley/server/src/demo/cast.ts'
import { demoTriggerSettings, demoTriggers } from '@parley/server/src/demo/triggers.ts'
import { defaultSettings } from '@parley/server/src/sites/default-settings.ts'
import type { PanelSite } from '@parley/shared/protocol/site.ts'
import type { RulesFile } from '@parley/shared/triggers/rule.ts'

const { branding, topics, intake } = defaultSettings(marlow.name)
const { welcome: _welcome, closing: _closing, notice, ...shown } = branding

/** An ordinary site with the form and topics every new site begins with. */
export const ordinarySite: PanelSite = {
  key: marlow.siteKey,
  branding: shown,
  notice,
  chatOrigin: 'https://chat.marlow.example',
  topics,
  intake,
  support: { isAvailable: true, opensAt: null, closesAt: '2026-11-23T20:00:00.000Z', usualReplyMs: 240_000 },
  canMailTranscript: true,
  typingPreview: false,
}

const { perPage, perDay, quietHours, excluded, measure } = demoTriggerSettings

/** The demo's five rules. */
export const ordinaryRules: RulesFile = {
  key: ordinarySite.key,
  origin: ordinarySite.chatOrigin,
  perPage,
  perDay,
  quietHours,
  excluded,
  measure,
  rules: demoTriggers.map(({ triggerId, rule }) => ({ id: triggerId, ...rule })),
}
