/** What is said about one conversation from three sides, each from 0 (bad) to 1 (good); null where nobody said it. */
export interface Opinions {
  /** The customer's stars: (stars − 1) / 4. */
  rating: number | null
  /** The reviewer's score: points / 100. */
  review: number | null
  /** Tone of the customer's messages: (tone + 1) / 2. */
  tone: number | null
}

export type Pair = 'rating and review' | 'tone and review' | 'rating and tone'

const sides: Record<Pair, [keyof Opinions, keyof Opinions]> = {
  'rating and review': ['rating', 'review'],
  'tone and review': ['tone', 'review'],
  'rating and tone': ['rating', 'tone'],
}
export const pairs = Object.keys(sides) as Pair[]

/** Half of the whole scale apart: two stars, fifty points. */
const farApart = 0.5

/** How far apart two sides are, or nothing where one of them is silent. */
export function distance(pair: Pair, opinions: Opinions): number | null {
  const [one, other] = sides[pair]
  const [a, b] = [opinions[one], opinions[other]]
  return a === null || b === null ? null : Math.abs(a - b)
}

export function disagreeing(opinions: Opinions): Pair[] {
  return pairs.filter((pair) => (distance(pair, opinions) ?? 0) >= farApart)
}

export interface Agreement {
  pair: Pair
  /** Conversations both sides said something about. */
  both: number
  agree: number
}

export function agreementOf(all: readonly Opinions[]): Agreement[] {
  return pairs.map((pair) => {
    const distances = all.map((one) => distance(pair, one)).filter((value) => value !== null)
    return { pair, both: distances.length, agree: distances.filter((value) => value < farApart).length }
  })
}
