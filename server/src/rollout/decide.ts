import { createHash } from 'node:crypto'
import type { Cohort, RolloutGroup, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { type Feature, features, type Unit } from '@parley/shared/rollout/features.ts'

/** Whom it is asked for, as far as it is known. */
export interface Subject {
  contactId?: string | undefined
  vendorId?: string | null | undefined
  memberId?: string | undefined
  role?: 'buyer' | 'seller' | undefined
  isVerified?: boolean | undefined
}

export function ruleByDefault(feature: Feature): RolloutRule {
  return {
    isKilled: false,
    sharePercent: features[feature].isOnByDefault ? 100 : 0,
    vendorIds: [],
    cohort: null,
    holdOutPercent: 0,
  }
}

/**
 * The same unit is always in the same group while the rule stays; widening the share only adds. The hold-out is drawn on
 * its own, before everything else, so that it is a fair part of those who would have it.
 */
export function groupOf(siteId: string, feature: Feature, rule: RolloutRule, subject: Subject): RolloutGroup {
  if (rule.isKilled) return 'off'
  const unit = unitOf(feature, subject)
  const isNamed = typeof subject.vendorId === 'string' && rule.vendorIds.includes(subject.vendorId)
  const isChosen = isNamed || (rule.cohort !== null && isIn(rule.cohort, subject)) || isInShare()
  if (!isChosen) return 'off'
  return isDrawn('hold-out', rule.holdOutPercent) ? 'heldOut' : 'on'

  function isInShare(): boolean {
    return rule.sharePercent >= 100 || isDrawn('share', rule.sharePercent)
  }

  function isDrawn(what: 'share' | 'hold-out', percent: number): boolean {
    return unit !== undefined && percent > 0 && draw(siteId, feature, what, unit) < percent
  }
}

function unitOf(feature: Feature, { contactId, vendorId, memberId }: Subject): string | undefined {
  const units: Record<Unit, string | undefined> = {
    contact: contactId ?? memberId,
    vendor: vendorId ?? undefined,
    answering: vendorId ?? memberId,
  }
  return units[features[feature].unit]
}

/** A segment in which nothing is set is nobody, not everybody. */
function isIn({ role, isVerified, memberIds }: Cohort, subject: Subject): boolean {
  const asked = [
    ...(role === undefined ? [] : [subject.role === role]),
    ...(isVerified === undefined ? [] : [subject.isVerified === isVerified]),
    ...(memberIds === undefined || memberIds.length === 0
      ? []
      : [subject.memberId !== undefined && memberIds.includes(subject.memberId)]),
  ]
  return asked.length > 0 && asked.every((holds) => holds)
}

/** From 0 up to, not including, 100; even over units, and independent between features and between the two draws. */
export function draw(siteId: string, feature: Feature, what: 'share' | 'hold-out', unit: string): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([siteId, feature, what, unit]))
    .digest()
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100
}
