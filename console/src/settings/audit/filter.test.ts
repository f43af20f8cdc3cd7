import { describe, expect, it } from 'vitest'
import { areasWith } from './areas.ts'
import { everything, exportAddress, filterOf } from './filter.ts'

describe('the filter of the audit', () => {
  it('asks for everything when nothing was chosen', () => {
    expect(filterOf(everything)).toEqual({})
    expect(filterOf({ ...everything, object: '  ' })).toEqual({})
  })

  it('takes whole days, the last one with all its hours', () => {
    const { from, to } = filterOf({ ...everything, from: '2026-03-29', to: '2026-03-29' })
    expect(from).toBe(new Date(2026, 2, 29).toISOString())
    expect(to).toBe(new Date(2026, 2, 30).toISOString())
  })

  it('exports exactly what it shows', () => {
    const filter = filterOf({ ...everything, actorId: 'mem_ines', area: 'member', object: 'member:a&b' })
    expect(exportAddress(filter, 'csv')).toBe(
      '/api/v1/audit/export?format=csv&actorId=mem_ines&action=member&object=member%3Aa%26b',
    )
  })

  it('offers what it has seen and does not know by name', () => {
    const areas = areasWith(['member.saved', 'weatherReport.read', 'weatherReport.kept'])
    expect(areas.filter(({ id }) => id === 'weatherReport')).toEqual([
      { id: 'weatherReport', label: 'Weather report' },
    ])
    expect(areas.filter(({ id }) => id === 'member')).toHaveLength(1)
  })
})
