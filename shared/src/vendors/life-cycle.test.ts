import { describe, expect, it } from 'vitest'
import { isAdmitted, stateAfter, vendorActs, vendorStates } from './life-cycle.ts'

/** Every act from every state: where it may lead, the usual way first. */
const machine = `
            applied      underReview                training          probation    active       restricted         suspended         refused
startReview underReview  ·                          ·                 ·            ·            ·                  ·                 ·
askForMore  ·            underReview                ·                 ·            ·            ·                  ·                 ·
approve     ·            training,probation,active  ·                 ·            ·            ·                  ·                 ·
refuse      refused      refused                    ·                 ·            ·            ·                  ·                 ·
applyAgain  ·            ·                          ·                 ·            ·            ·                  ·                 applied
passTraining ·           ·                          probation,active  ·            ·            ·                  ·                 ·
endProbation ·           ·                          ·                 active       ·            ·                  ·                 ·
warn        ·            ·                          ·                 probation    active       restricted         ·                 ·
restrict    ·            ·                          ·                 restricted   restricted   restricted         ·                 ·
lift        ·            ·                          ·                 ·            ·            active,probation   ·                 ·
suspend     ·            ·                          suspended         suspended    suspended    suspended          ·                 ·
appeal      ·            ·                          ·                 ·            ·            restricted         suspended         ·
keep        ·            ·                          ·                 ·            ·            restricted         suspended         ·
readmit     ·            ·                          ·                 ·            ·            ·                  probation,active  ·
lapse       ·            ·                          ·                 underReview  underReview  underReview        ·                 ·
`

describe('the life of a vendor', () => {
  const [head = '', ...lines] = machine.trim().split('\n')
  const columns = head.trim().split(/\s+/)

  it('is this machine: every act from every state, and no others', () => {
    expect(columns).toEqual([...vendorStates])
    expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(vendorActs)
    for (const line of lines) {
      const [act = '', ...cells] = line.trim().split(/\s+/)
      for (const [at, from] of vendorStates.entries()) {
        const targets = cells[at] === '·' ? [] : (cells[at] ?? '').split(',')
        const name = act as (typeof vendorActs)[number]
        expect([act, from, stateAfter(from, name)]).toEqual([act, from, targets[0]])
        for (const wanted of vendorStates)
          expect([act, from, wanted, stateAfter(from, name, wanted)]).toEqual([
            act,
            from,
            wanted,
            targets.includes(wanted) ? wanted : undefined,
          ])
      }
    }
  })

  it('admits to answering on probation, active and restricted alone', () => {
    expect(vendorStates.filter(isAdmitted)).toEqual(['probation', 'active', 'restricted'])
  })

  it('leads nobody past review, and nobody who was suspended back without being readmitted', () => {
    const into = (to: string, from: (state: (typeof vendorStates)[number]) => boolean) =>
      vendorActs.filter((act) =>
        vendorStates.some((state) => from(state) && stateAfter(state, act, to as 'active') !== undefined),
      )
    for (const state of ['training', 'probation', 'active'])
      expect(into(state, (from) => from === 'applied' || from === 'refused')).toEqual([])
    for (const state of ['probation', 'active'])
      expect(into(state, (from) => from === 'suspended')).toEqual(['readmit'])
  })

  it('has no state that cannot be reached and none that cannot be left', () => {
    for (const state of vendorStates) {
      const leaves = vendorActs.some((act) =>
        vendorStates.some((to) => to !== state && stateAfter(state, act, to) !== undefined),
      )
      const isReached =
        state === 'applied' ||
        vendorActs.some((act) =>
          vendorStates.some((from) => from !== state && stateAfter(from, act, state) !== undefined),
        )
      expect([state, leaves, isReached]).toEqual([state, true, true])
    }
  })
})
