import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

/** What a browser with these wishes sends for a site with this choice, when the page goes out of sight. */
async function sent(measure: string, asks: { doNotTrack?: string; globalPrivacyControl?: boolean } = {}) {
  const beacons: [string, unknown][] = []
  vi.resetModules()
  vi.stubGlobal('PARLEY_RULES', { measure, origin: 'https://chat.example', key: 'marlow' })
  vi.stubGlobal('navigator', {
    ...asks,
    sendBeacon: (address: string, body: string) => beacons.push([address, JSON.parse(body)]),
  })
  const { count, tell } = await import('./measure.ts')
  tell()
  count('seen')
  count('shown', 'trg_return')
  count('shown', 'trg_return')
  count('typing', 'trg_exit')
  tell()
  tell()
  return beacons
}
const batch = [
  [
    'https://chat.example/w/marlow/seen',
    [
      ['', 'seen', 1],
      ['trg_return', 'shown', 2],
      ['trg_exit', 'typing', 1],
    ],
  ],
]

it('sends all counts of a page in one beacon, once, and none where nothing was counted', async () =>
  expect(await sent('unlessAsked')).toEqual(batch))

it.each([
  ['Do Not Track', { doNotTrack: '1' }],
  ['Global Privacy Control', { globalPrivacyControl: true }],
])('heeds %s where the site has not chosen otherwise', async (_, asks) => {
  expect(await sent('unlessAsked', asks)).toEqual([])
  expect(await sent('always', asks)).toEqual(batch)
  expect(await sent('off', asks)).toEqual([])
})

it('counts for nobody where the site has switched it off, and for who has said that tracking is welcome', async () => {
  expect(await sent('off')).toEqual([])
  expect(await sent('unlessAsked', { doNotTrack: '0', globalPrivacyControl: false })).toEqual(batch)
})
