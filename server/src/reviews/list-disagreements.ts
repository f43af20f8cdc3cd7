import { agreementOf, disagreeing, distance, type Opinions, pairs } from '@parley/shared/review/agreement.ts'
import { askingMember } from '../app/asking-member.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommand } from '../app/site-command.ts'
import { isReviewer, rowFor } from './as-seen.ts'
import type { ReviewSources } from './sample-conversation.ts'
import { loadRules } from './settings.ts'
import { finishedSince } from './store.ts'

const dayMs = 24 * 60 * 60_000
const longestList = 200

/** Where customer, reviewer and tone say different things, the widest apart first. */
export function listDisagreements(sources: ReviewSources): SiteCommand<'listDisagreements'> {
  return async ({ actor, input, sql, parts }) => {
    const member = askingMember(actor)
    if (!isReviewer(member, await loadRules(sql, member.siteId))) throw new Refused('notAllowed')
    const since = new Date(parts.clock.now().getTime() - input.days * dayMs)
    const finished = await finishedSince(sql, member.siteId, since)
    const conversationIds = finished.map((review) => review.conversation_id)
    const tones = (await sources.toneOf?.(sql, member.siteId, conversationIds)) ?? new Map<string, number>()
    const judged = finished.map((review) => ({
      review,
      opinions: opinionsOf(review.rating, review.score, tones.get(review.conversation_id)),
    }))
    const list = judged
      .map(({ review, opinions }) => ({
        ...rowFor(member, review),
        opinions,
        pairs: disagreeing(opinions),
      }))
      .filter((one) => one.pairs.length > 0 && one.about.memberId !== member.memberId)
      .sort((a, b) => widest(b.opinions) - widest(a.opinions))
    return {
      agreement: agreementOf(judged.map(({ opinions }) => opinions)),
      list: list.slice(0, longestList),
    }
  }
}

function opinionsOf(stars: number | null, score: number | null, tone: number | undefined): Opinions {
  return {
    rating: stars === null ? null : (stars - 1) / 4,
    review: score === null ? null : score / 100,
    tone: tone === undefined ? null : (tone + 1) / 2,
  }
}

function widest(opinions: Opinions): number {
  return Math.max(...pairs.map((pair) => distance(pair, opinions) ?? 0))
}
