import { file } from './file.ts'

const tally: Record<string, number> = {}
const asker = navigator as Navigator & { globalPrivacyControl?: boolean }
const isCounting =
  file.measure === 'always' ||
  (file.measure === 'unlessAsked' && asker.doNotTrack !== '1' && !asker.globalPrivacyControl)

/** Of a rule, or of the launcher (no rule). Nothing of the person or the page is in it. */
export function count(name: string, ruleId = ''): void {
  const key = `${ruleId} ${name}`
  tally[key] = (tally[key] ?? 0) + 1
}

/** One batch when the page goes out of sight. */
export function tell(): void {
  const counts = Object.entries(tally).map(([key, times]) => [...key.split(' '), times])
  for (const key in tally) delete tally[key]
  if (isCounting && counts.length > 0)
    navigator.sendBeacon(`${file.origin}/w/${file.key}/seen`, JSON.stringify(counts))
}
