import { type TermRules, termActions } from '@parley/shared/protocol/terms.ts'
import { describe, expect, it } from 'vitest'
import { defaultTermRules } from './default-rules.ts'
import { judge, type Side } from './judge.ts'
import { sentenceFor } from './sentence-for.ts'

const vendor: Side = { direction: 'vendorToBuyer', vendorId: 'ven_kiln' }
const buyer: Side = { direction: 'buyerToVendor', vendorId: 'ven_kiln' }
const support: Side = { direction: 'support', vendorId: null }

const rulesWith = (change: Partial<TermRules>) => ({ version: 3, rules: { ...defaultTermRules, ...change } })
const ours = rulesWith({})

describe('a judgement', () => {
  it('follows the strictest of what its findings ask for', () => {
    const text = 'You idiot, mail a@kiln.example or see www.kiln.example'
    expect(judge(text, vendor, ours)).toMatchObject({ verdict: 'hold', ruleVersion: 3 })
    const all = Object.fromEntries(Object.keys(defaultTermRules.vendorToBuyer).map((kind) => [kind, 'allow']))
    for (const action of termActions) {
      const line = { ...defaultTermRules.vendorToBuyer, ...all, link: action }
      expect(judge(text, vendor, rulesWith({ vendorToBuyer: line })).verdict).toBe(action)
    }
  })

  it('masks only what is to be masked, where it stands in what was written', () => {
    expect(judge('Call 07700 900123, or look at oakline.com', buyer, ours).text).toBe(
      'Call ••••, or look at oakline.com',
    )
    expect(judge('ｊｏｈｎ＠ｍａｉｌ．ｃｏｍ, please 😊', buyer, ours).text).toBe('••••, please 😊')
  })

  it('of each direction follows its own rules, and none with support but for cards', () => {
    const text = 'Pay to DE89 3704 0044 0532 0130 00 or 4242 4242 4242 4242 cvv 123'
    expect(judge(text, vendor, ours).verdict).toBe('refuse')
    expect(judge(text, buyer, ours).verdict).toBe('mask')
    expect(judge(text, support, ours)).toMatchObject({
      verdict: 'mask',
      text: 'Pay to DE89 3704 0044 0532 0130 00 or •••• 4242 cvv ••••',
    })
    expect(judge('a@kiln.example, you idiot', support, ours)).toMatchObject({
      verdict: 'allow',
      findings: [],
    })
  })

  it('masks cards whatever the rules say, and says nothing of what is allowed', () => {
    const line = Object.fromEntries(
      Object.keys(defaultTermRules.vendorToBuyer).map((kind) => [kind, 'allow']),
    ) as TermRules['vendorToBuyer']
    const judged = judge('a@kiln.example 4242-4242-4242-4242', vendor, rulesWith({ vendorToBuyer: line }))
    expect(judged.text).toBe('a@kiln.example •••• 4242')
    expect(judged.original).toBe(judged.text)
    expect(judged.findings.map(({ kind }) => kind)).toEqual(['card'])
  })

  it('finds a card that was cut in two, and masks all of the second half', () => {
    const judged = judge('8888 1881 is the rest', buyer, ours, 'my card: 4012 8888')
    expect(judged.text).toBe('•••• is the rest')
    expect(judge('8888 1882 is the rest', buyer, ours, 'my card: 4012 8888').text).toContain('8888 1882')
  })

  it('refuses every link of a side whose links are off, also those to messengers and payment pages', () => {
    const links = ['www.oakline.com', 'https://wa.me/1234', 'paypal.me/oakline']
    const off = (change: Partial<TermRules['linksOff']>) =>
      rulesWith({ linksOff: { ...defaultTermRules.linksOff, ...change } })
    for (const text of links) {
      expect(judge(text, vendor, off({ vendors: true })).verdict).toBe('refuse')
      expect(judge(text, vendor, off({ vendorIds: ['ven_kiln'] })).verdict).toBe('refuse')
      expect(judge(text, buyer, off({ buyers: true })).verdict).toBe('refuse')
      expect(judge(text, buyer, off({ vendors: true, vendorIds: ['ven_kiln'] })).verdict).not.toBe('refuse')
    }
    expect(judge('www.oakline.com', vendor, off({ vendorIds: ['ven_oak'] })).verdict).toBe('hold')
    expect(judge('add me on WhatsApp', vendor, off({ vendors: true })).verdict).toBe('mask')
  })

  it('knows the words a site watches for, however they are written', () => {
    const watched = rulesWith({ keyPhrases: ['five stars', 'a|b* ...3'] })
    for (const text of ['leave FIVE-STARS!', 'ｆｉｖｅ stars', 'five  stars'])
      expect(judge(text, vendor, watched).findings.map(({ kind }) => kind)).toEqual(['keyPhrase'])
    expect(judge('four stars', vendor, watched).findings).toEqual([])
  })

  it('comes with the site’s own sentence for who is refused, where it has one', () => {
    expect(sentenceFor('link', defaultTermRules)).toBeUndefined()
    expect(sentenceFor('link', { sentences: { link: 'No links here, please.' } })).toBe(
      'No links here, please.',
    )
  })
})
