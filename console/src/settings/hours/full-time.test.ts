import { describe, expect, it } from 'vitest'
import { fullTime } from './full-time.ts'

describe('a time as people type it', () => {
  it('is completed', () => {
    expect(['9', '09', '930', '9:30', '9.30', '9h30', '24', '24:00'].map(fullTime)).toEqual([
      '09:00',
      '09:00',
      '09:30',
      '09:30',
      '09:30',
      '09:30',
      '24:00',
      '24:00',
    ])
  })

  it('is kept as typed when it is none', () => {
    expect(['nine', '9:3', '', '12345'].map(fullTime)).toEqual(['nine', '9:3', '', '12345'])
  })
})
