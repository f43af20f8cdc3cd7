import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { describe, expect, it } from 'vitest'
import { forNobody } from '../testing/roll-out.ts'
import { draw } from './decide.ts'
import { type Concerned, groupIn } from './subjects.ts'

const site = 'site_marlow'
const chat: Concerned = {
  contactId: 'con_1',
  vendorId: 'ven_kiln',
  memberId: 'mem_elin',
  role: 'buyer',
  isVerified: true,
  room: null,
}
const group = (feature: Feature, rule: Partial<RolloutRule>, concerned: Partial<Concerned> = {}) =>
  groupIn(site, feature, { ...forNobody, ...rule }, { ...chat, ...concerned })
const room = (kind: 'vendors' | 'buyers', ...memberIds: string[]) => ({
  contactId: null,
  vendorId: null,
  memberId: null,
  room: { kind, memberIds },
})

describe('in a conversation a feature is decided on', () => {
  it('for the vendor, the customer and who answers', () => {
    expect(group('tone', { vendorIds: ['ven_kiln'] })).toBe('on')
    expect(group('tone', { vendorIds: ['ven_kiln'] }, { vendorId: null })).toBe('off')
    expect(group('tone', { cohort: { role: 'seller' } })).toBe('off')
    expect(group('tone', { cohort: { role: 'seller' } }, { role: 'vendor' })).toBe('on')
    expect(group('reviews', { cohort: { memberIds: ['mem_elin'] } })).toBe('on')
    expect(group('reviews', { cohort: { memberIds: ['mem_nils'] } })).toBe('off')
  })

  it('as a whole for everything a vendor answers, and for each of support alone', () => {
    const share = Math.ceil(draw(site, 'reviews', 'share', 'ven_kiln'))
    for (const contactId of ['con_1', 'con_2', 'con_3'])
      for (const memberId of ['mem_elin', 'mem_other'])
        expect(group('reviews', { sharePercent: share }, { contactId, memberId })).toBe('on')
    const own = Math.ceil(draw(site, 'reviews', 'share', 'mem_priya'))
    const support = { vendorId: null, memberId: 'mem_priya' }
    expect(group('reviews', { sharePercent: own }, support)).toBe('on')
    expect(group('reviews', { sharePercent: own - 1 }, support)).toBe('off')
  })

  it('for everybody in a room, or not at all', () => {
    const kilnAndLumen = room('vendors', 'ven_kiln', 'ven_lumen')
    expect(group('tone', { vendorIds: ['ven_kiln'] }, kilnAndLumen)).toBe('off')
    expect(group('tone', { vendorIds: ['ven_kiln', 'ven_lumen'] }, kilnAndLumen)).toBe('on')
    expect(group('tone', { sharePercent: 100 }, kilnAndLumen)).toBe('on')
    const heldOut = Array.from({ length: 50 }, (_, at) => `con_${at}`).find(
      (id) => draw(site, 'tone', 'hold-out', id) < 20,
    )
    const free = Array.from({ length: 50 }, (_, at) => `con_${at}`).filter(
      (id) => draw(site, 'tone', 'hold-out', id) >= 20,
    )
    const rule = { sharePercent: 100, holdOutPercent: 20 }
    expect(group('tone', rule, room('buyers', free[0] ?? '', free[1] ?? ''))).toBe('on')
    expect(group('tone', rule, room('buyers', free[0] ?? '', heldOut ?? ''))).toBe('heldOut')
  })
})
