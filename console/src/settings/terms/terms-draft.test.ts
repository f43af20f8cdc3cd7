import { type RuledKind, ruledKinds, type TermAction, type TermRules } from '@parley/shared/protocol/terms.ts'
import { describe, expect, it } from 'vitest'
import { changesSince, draftOf, refusedKinds, rulesOf, verdictsOf, withAction } from './terms-draft.ts'

const all = (action: TermAction) =>
  Object.fromEntries(ruledKinds.map((kind) => [kind, action])) as Record<RuledKind, TermAction>
const rules: TermRules = {
  vendorToBuyer: all('mask'),
  buyerToVendor: all('allow'),
  vendorToVendor: all('flag'),
  buyerToBuyer: all('mask'),
  keyPhrases: ['wire it', 'no receipt'],
  blockedHosts: ['bad.example'],
  sentences: { email: 'Please stay here.' },
  linksOff: { vendors: false, buyers: false, vendorIds: [] },
}

describe('the rules in the form', () => {
  it('are saved as they were when nothing was typed', () => {
    expect(rulesOf(draftOf(rules), rules.linksOff)).toEqual(rules)
  })

  it('lose blank lines, doubles and sentences without words', () => {
    const draft = {
      ...draftOf(rules),
      keyPhrases: ' wire it \n\nwire it\nno receipt\n',
      blockedHosts: '\nbad.example \nbad.example',
      sentences: { email: '  ' },
    }
    expect(rulesOf(draft, rules.linksOff)).toEqual({ ...rules, sentences: {} })
  })

  it('change for one direction and kind alone', () => {
    const changed = withAction(draftOf(rules), 'vendorToBuyer', 'email', 'refuse')
    expect(changed.vendorToBuyer).toEqual({ ...rules.vendorToBuyer, email: 'refuse' })
    expect(changed.buyerToVendor).toEqual(rules.buyerToVendor)
  })

  it('ask for a sentence where a message can be refused, by rule or by a switch', () => {
    const { linksOff } = rules
    expect(refusedKinds(rules, linksOff)).toEqual([])
    expect(refusedKinds({ ...rules, buyerToVendor: { ...all('allow'), abuse: 'refuse' } }, linksOff)).toEqual(
      ['abuse'],
    )
    expect(refusedKinds(rules, { ...linksOff, vendorIds: ['ven_kiln'] })).toEqual(['link'])
  })
})

describe('a version', () => {
  it('says what it changed', () => {
    const after: TermRules = {
      ...rules,
      vendorToBuyer: { ...rules.vendorToBuyer, email: 'refuse' },
      keyPhrases: ['wire it', 'cash only'],
      sentences: {},
      linksOff: { vendors: true, buyers: false, vendorIds: ['ven_kiln'] },
    }
    expect(changesSince(rules, after)).toEqual([
      'Vendor to buyer, e-mail addresses: Mask → Refuse',
      'Links of vendors off',
      '1 × vendor without links added',
      '1 × key phrase added',
      '1 × key phrase removed',
      'Sentences changed',
    ])
    expect(changesSince(rules, rules)).toEqual([])
  })
})

describe('a trial', () => {
  it('is told from the strictest, and always says how many were let through', () => {
    const verdicts = { allow: 0, flag: 3, mask: 0, hold: 1, refuse: 0 }
    expect(verdictsOf({ messages: 4, isCut: false, kinds: [], verdicts })).toEqual([
      { action: 'hold', messages: 1 },
      { action: 'flag', messages: 3 },
      { action: 'allow', messages: 0 },
    ])
  })
})
