import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { type Feature, featureNames } from '@parley/shared/rollout/features.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw, groupOf, ruleByDefault } from './decide.ts'

const none: RolloutRule = { isKilled: false, sharePercent: 0, vendorIds: [], cohort: null, holdOutPercent: 0 }
const site = 'site_marlow'
const feature = fc.constantFrom(...featureNames)
const percent = fc.integer({ min: 0, max: 100 })
const unit = fc.string({ minLength: 1, maxLength: 40 })
const subjectOf = (id: string) => ({ contactId: id, vendorId: id })
const crowd = Array.from({ length: 4_000 }, (_, at) => `con_${at}`)
const on = (rule: Partial<RolloutRule>, of: Feature = 'moderation.typingPreview') =>
  crowd.filter((id) => groupOf(site, of, { ...none, ...rule }, subjectOf(id)) === 'on')

describe('who has a feature', () => {
  it('is the same every time it is asked, on every node', () => {
    fc.assert(
      fc.property(feature, percent, percent, unit, (name, sharePercent, holdOutPercent, id) => {
        const rule = { ...none, sharePercent, holdOutPercent }
        expect(groupOf(site, name, rule, subjectOf(id))).toBe(
          groupOf(site, name, structuredClone(rule), subjectOf(id)),
        )
      }),
    )
    // Written down: a change of the hash would move everybody on an update.
    expect(draw(site, 'moderation.typingPreview', 'share', 'con_1')).toBeCloseTo(30.369773376592, 9)
  })

  it('keeps everybody who has it when the share is widened', () => {
    fc.assert(
      fc.property(feature, percent, percent, percent, unit, (name, a, b, holdOutPercent, id) => {
        const at = (sharePercent: number) =>
          groupOf(site, name, { ...none, sharePercent, holdOutPercent }, subjectOf(id))
        if (at(Math.min(a, b)) !== 'off') expect(at(Math.max(a, b))).toBe(at(Math.min(a, b)))
      }),
    )
  })

  it('is about the share that was asked for, and nobody at 0, and everybody at 100', () => {
    expect(on({ sharePercent: 0 })).toEqual([])
    expect(on({ sharePercent: 100 })).toHaveLength(4_000)
    for (const sharePercent of [1, 10, 50]) {
      const expected = 40 * sharePercent
      const spread = 4 * Math.sqrt((expected * (100 - sharePercent)) / 100)
      expect(Math.abs(on({ sharePercent }).length - expected)).toBeLessThan(spread)
    }
  })

  it('is drawn anew for every feature and every site: nobody gets everything first', () => {
    const first = new Set(on({ sharePercent: 10 }, 'terms.masking'))
    const both = on({ sharePercent: 10 }, 'moderation.typingPreview').filter((id) => first.has(id))
    expect(both.length).toBeLessThan(80)
    const elsewhere = crowd.filter(
      (id) => groupOf('site_other', 'terms.masking', { ...none, sharePercent: 10 }, subjectOf(id)) === 'on',
    )
    expect(elsewhere.filter((id) => first.has(id)).length).toBeLessThan(80)
  })

  it('never is the hold-out, whatever the share, the names and the cohort', () => {
    fc.assert(
      fc.property(feature, percent, unit, fc.boolean(), (name, sharePercent, id, isNamed) => {
        const rule: RolloutRule = {
          ...none,
          sharePercent,
          holdOutPercent: 20,
          vendorIds: isNamed ? [id] : [],
          cohort: { isVerified: true },
        }
        const group = groupOf(site, name, rule, { ...subjectOf(id), isVerified: true })
        expect(group === 'heldOut').toBe(draw(site, name, 'hold-out', id) < 20)
      }),
    )
  })

  it('leaves a hold-out that does not depend on the share: both parts of it are as large', () => {
    const heldOut = crowd.filter((id) => draw(site, 'moderation.typingPreview', 'hold-out', id) < 20)
    const inShare = heldOut.filter((id) => draw(site, 'moderation.typingPreview', 'share', id) < 50)
    expect(Math.abs(inShare.length / heldOut.length - 0.5)).toBeLessThan(0.08)
  })

  it('is nobody once it is killed', () => {
    fc.assert(
      fc.property(feature, percent, unit, (name, sharePercent, id) => {
        const rule = { ...none, sharePercent, vendorIds: [id], isKilled: true, cohort: { isVerified: true } }
        expect(groupOf(site, name, rule, { ...subjectOf(id), isVerified: true })).toBe('off')
      }),
    )
  })

  it('are named vendors with all their customers, and a cohort in which everything holds', () => {
    const kiln = { ...none, vendorIds: ['ven_kiln'] }
    expect(groupOf(site, 'vendorChat', kiln, { contactId: 'con_1', vendorId: 'ven_kiln' })).toBe('on')
    expect(groupOf(site, 'vendorChat', kiln, { contactId: 'con_1', vendorId: 'ven_nordvik' })).toBe('off')
    expect(groupOf(site, 'vendorChat', kiln, { contactId: 'con_1' })).toBe('off')
    const sellers = { ...none, cohort: { role: 'seller' as const, isVerified: true } }
    expect(
      groupOf(site, 'moderation.typingPreview', sellers, {
        contactId: 'c',
        role: 'seller',
        isVerified: true,
      }),
    ).toBe('on')
    expect(
      groupOf(site, 'moderation.typingPreview', sellers, {
        contactId: 'c',
        role: 'seller',
        isVerified: false,
      }),
    ).toBe('off')
    expect(groupOf(site, 'moderation.typingPreview', { ...none, cohort: {} }, { contactId: 'c' })).toBe('off')
    const people = { ...none, cohort: { memberIds: ['mem_daniel'] } }
    expect(groupOf(site, 'moderation.typingPreview', people, { memberId: 'mem_daniel' })).toBe('on')
    expect(groupOf(site, 'moderation.typingPreview', people, { contactId: 'mem_daniel' })).toBe('off')
  })

  it('is what the code says where a site has decided nothing', () => {
    expect(groupOf(site, 'vendorChat', ruleByDefault('vendorChat'), {})).toBe('on')
  })
})
