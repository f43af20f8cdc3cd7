import { maskCards } from './mask.ts'

/** Ids of the shop's own, addresses, moments and secrets: what they hold may look like a card and be none. */
const nobodysWords =
  /^(?:ids?|keys?|urls?|emails?|phone|origins?|sub|kid|password|code)$|(?:Ids?|Keys?|Urls?|Origins?|At)$/

/** The same wish, with cards masked in whatever of it people wrote, however deep that lies. */
export function maskCardsIn<Wish>(wish: Wish): Wish {
  return masked(wish, '') as Wish
}

function masked(value: unknown, field: string): unknown {
  if (typeof value === 'string') return nobodysWords.test(field) ? value : maskCards(value)
  if (Array.isArray(value)) return value.map((one) => masked(one, field))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, key)]))
}
