import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { Review, ReviewRow, ReviewRules } from '@parley/shared/protocol/reviews.ts'
import { type Marks, standardCriteria } from '@parley/shared/review/rubric.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asker, connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'
import { reviewScores } from './index.ts'
import { listDisagreements } from './list-disagreements.ts'
import { standardRules } from './rules.ts'
import { sampleConversation } from './sample-conversation.ts'

const good: Marks = { decision: 'yes', explanation: 'yes', handoff: 'na', tone: 'yes', terms: 'yes' }
const poor: Marks = { ...good, decision: 'no', explanation: 'partly' }

describe.each(engines)('reviews on %s', (engine) => {
  let site: Marlow
  let who: Everybody
  let count = 0
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '1000' })
    who = await connectEverybody(site)
    await saveRules({})
  })
  afterAll(() => site?.close())

  function requestId(): string {
    count += 1
    return `review-wish-${count}`
  }
  async function ask<N extends CommandName>(asker: Asker, name: N, wish: object): Promise<CommandAnswer<N>> {
    const outcome = await asker.bySocket(name, wish)
    if (!outcome.ok) throw new Error(`${name} by ${asker.name}: ${JSON.stringify(outcome.refusal)}`)
    return outcome.value as CommandAnswer<N>
  }
  async function refusal(asker: Asker, name: CommandName, wish: object) {
    const outcome = await asker.bySocket(name, wish)
    if (outcome.ok) throw new Error(`${asker.name} was allowed to ${name}`)
    return outcome.refusal
  }
  function saveRules(rules: Partial<ReviewRules>, criteria = standardCriteria) {
    const off = { sharePercent: 0, lowRatingUpTo: 0, flagged: false, firstOfVendor: 0, perAgentAndWeek: 0 }
    return ask(who.ines, 'saveReviewSettings', {
      requestId: requestId(),
      criteria,
      rules: { ...standardRules, ...off, ...rules },
    })
  }
  /** A chat with Kiln that Elin answered and ended. */
  async function closedWithKiln(stars?: number): Promise<{ conversationId: string; messageId: string }> {
    const { conversationId } = await ask(who.marta, 'startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'Is it oven-proof?', email: 'secret@marta.example' },
    })
    await ask(who.elin, 'takeConversation', { requestId: requestId(), conversationId })
    const sent = await ask(who.elin, 'sendMessage', {
      requestId: requestId(),
      conversationId,
      text: 'Up to 220°',
    })
    await ask(who.daniel, 'addNote', { requestId: requestId(), conversationId, text: 'staff canary' })
    await ask(who.elin, 'closeConversation', { requestId: requestId(), conversationId })
    if (stars) await ask(who.marta, 'rateConversation', { requestId: requestId(), conversationId, stars })
    return { conversationId, messageId: sent.messageId }
  }
  async function picked(stars?: number) {
    const closed = await closedWithKiln(stars)
    const { reviewId } = await ask(who.daniel, 'pickReview', {
      requestId: requestId(),
      pickedId: closed.conversationId,
    })
    return { ...closed, reviewId }
  }
  const claim = (asker: Asker, reviewId: string, isMine = true) =>
    ask(asker, 'claimReview', { requestId: requestId(), reviewId, isMine })
  const score = (asker: Asker, reviewId: string, marks: Marks, more: object = {}): Promise<Review> =>
    ask(asker, 'saveReview', {
      requestId: requestId(),
      reviewId,
      marks,
      comments: [],
      summary: '',
      isFinished: true,
      ...more,
    })
  const audited = async (action: string) =>
    site.world.parts.database.query<{ object: string; actor_id: string; reason: string | null }>(
      'select object, actor_id, reason from audit where action = $1 order by audit_id',
      [action],
    )
  async function finished(marks: Marks, stars?: number) {
    const review = await picked(stars)
    await claim(who.daniel, review.reviewId)
    await score(who.daniel, review.reviewId, marks)
    return review
  }

  describe('are chosen', () => {
    it('by the rules, some time after the end, with every reason that held', async () => {
      await saveRules({ lowRatingUpTo: 2, perAgentAndWeek: 50 })
      const { conversationId } = await closedWithKiln(1)
      const [timer] = await site.world.parts.database.query<{ kind: string }>(
        'select kind from timers where key = $1',
        [conversationId],
      )
      expect(timer?.kind).toBe('chooseReview')
      const reviewId = await sampleConversation(site.world.parts, conversationId)
      const queue = await ask(who.daniel, 'listReviews', { view: 'queue' })
      const row = queue.reviews.find((review) => review.reviewId === reviewId)
      expect(row).toMatchObject({
        conversationId,
        state: 'waiting',
        rating: 1,
        about: {
          memberId: 'mem_elin',
          name: 'Elin Berg',
          vendor: { vendorId: 'ven_kiln', name: 'Kiln & Thread' },
        },
      })
      expect([...(row?.reasons ?? [])].sort()).toEqual(['lowRating', 'perAgent'])
      expect(await sampleConversation(site.world.parts, conversationId)).toBe(reviewId)
      expect(
        (await audited('review.chosen')).filter(({ object }) => object.endsWith(conversationId)),
      ).toHaveLength(1)
      await saveRules({})
    })

    it('when somebody reported it, and not once the report was dismissed', async () => {
      await saveRules({ flagged: true })
      const reported = await closedWithKiln()
      expect(await sampleConversation(site.world.parts, reported.conversationId)).toBeUndefined()
      await ask(who.marta, 'reportConversation', {
        requestId: requestId(),
        conversationId: reported.conversationId,
        reason: 'They were rude',
      })
      expect(await sampleConversation(site.world.parts, reported.conversationId)).toMatch(/^rev_/)
      await saveRules({})
    })

    it('not while they go on, and not when nobody answered', async () => {
      await saveRules({ sharePercent: 100 })
      const { conversationId } = await ask(who.omar, 'startConversation', {
        requestId: requestId(),
        with: { kind: 'support' },
        answers: { topic: 'order', description: 'Where is it?' },
      })
      expect(await sampleConversation(site.world.parts, conversationId)).toBeUndefined()
      expect(
        await refusal(who.daniel, 'pickReview', { requestId: requestId(), pickedId: conversationId }),
      ).toMatchObject({
        reason: 'review.notClosed',
      })
      await saveRules({})
    })
  })

  it('belong to one reviewer at a time, who may give them back', async () => {
    const { reviewId } = await picked()
    expect(await claim(who.daniel, reviewId)).toMatchObject({
      state: 'started',
      reviewer: { memberId: 'mem_daniel' },
    })
    expect(
      await refusal(who.ines, 'claimReview', { requestId: requestId(), reviewId, isMine: true }),
    ).toMatchObject({
      code: 'conflict',
      reason: 'review.taken',
    })
    const wish = {
      requestId: requestId(),
      reviewId,
      marks: good,
      comments: [],
      summary: '',
      isFinished: true,
    }
    expect(await refusal(who.ines, 'saveReview', wish)).toMatchObject({ reason: 'review.notYours' })
    await claim(who.daniel, reviewId, false)
    expect(await claim(who.ines, reviewId)).toMatchObject({ reviewer: { memberId: 'mem_ines' } })
  })

  it('that many claim at the same moment have one reviewer', async () => {
    const { reviewId } = await picked()
    const outcomes = await Promise.all(
      [who.daniel, who.ines, who.daniel, who.ines].map((asker) =>
        asker.bySocket('claimReview', { requestId: requestId(), reviewId, isMine: true }),
      ),
    )
    const reviewers = outcomes.flatMap((outcome) =>
      outcome.ok ? [(outcome.value as Review).reviewer?.memberId] : [],
    )
    expect(new Set(reviewers).size).toBe(1)
    expect(outcomes.some((outcome) => !outcome.ok)).toBe(true)
  })

  it('are scored on the rubric, with comments on messages, and not finished half', async () => {
    const { reviewId, messageId } = await picked()
    await claim(who.daniel, reviewId)
    const half = await score(
      who.daniel,
      reviewId,
      { decision: 'yes' },
      { isFinished: false, summary: 'So far good' },
    )
    expect(half).toMatchObject({ state: 'started', score: null, summary: 'So far good' })
    const wish = { requestId: requestId(), reviewId, comments: [], summary: '', isFinished: true }
    expect(await refusal(who.daniel, 'saveReview', { ...wish, marks: { decision: 'yes' } })).toMatchObject({
      reason: 'review.unfinished',
    })
    const comments = [{ messageId, text: 'Say which glaze' }]
    const done = await score(
      who.daniel,
      reviewId,
      { ...good, tone: 'no' },
      { comments, summary: 'Good but short' },
    )
    expect(done).toMatchObject({ state: 'finished', score: 88, comments, may: { score: false } })
    expect(
      await refusal(who.daniel, 'saveReview', { ...wish, requestId: requestId(), marks: good }),
    ).toMatchObject({
      reason: 'review.notYours',
    })
    expect((await audited('review.finished')).at(-1)).toEqual({
      object: `review:${reviewId}`,
      actor_id: 'mem_daniel',
      reason: 'score 88',
    })
  })

  it('show what was said to the reviewer, without addresses, and leave a line in the audit', async () => {
    const { reviewId, conversationId } = await picked()
    await saveRules({ reviewerIds: ['mem_priya'] })
    const { events, review } = await ask(who.priya, 'readReview', { reviewId })
    expect(JSON.stringify(events)).toContain('Up to 220°')
    expect(JSON.stringify(events)).toContain('staff canary')
    expect(JSON.stringify({ events, review })).not.toContain('secret@marta.example')
    const looks = (await audited('conversation.read')).filter(({ object }) => object.endsWith(conversationId))
    expect(looks.filter(({ actor_id }) => actor_id === 'mem_priya')).toMatchObject([{ reason: 'review' }])
    await saveRules({})
  })

  it('are written by moderators, admins and the CSRs that were named, by nobody else', async () => {
    const { reviewId } = await picked()
    for (const asker of [who.priya, who.elin, who.marta, who.anonymous])
      expect(await refusal(asker, 'listReviews', { view: 'queue' })).toMatchObject({ code: 'notAllowed' })
    for (const asker of [who.priya, who.elin, who.nils, who.secondAdmin])
      expect(await refusal(asker, 'readReview', { reviewId })).toMatchObject({ code: 'notFound' })
    await saveRules({ reviewerIds: ['mem_priya'] })
    expect((await claim(who.priya, reviewId)).may.score).toBe(true)
    await saveRules({})
    const wish = {
      requestId: requestId(),
      reviewId,
      marks: good,
      comments: [],
      summary: '',
      isFinished: true,
    }
    expect(await refusal(who.priya, 'saveReview', wish)).toMatchObject({ code: 'notFound' })
    expect(
      await refusal(who.daniel, 'saveReviewSettings', {
        requestId: requestId(),
        criteria: standardCriteria,
        rules: standardRules,
      }),
    ).toMatchObject({ code: 'notAllowed' })
  })

  it('are never of one’s own work', async () => {
    const { conversationId } = await ask(who.omar, 'startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'order', description: 'Where is it?' },
    })
    await ask(who.daniel, 'takeConversation', { requestId: requestId(), conversationId })
    await ask(who.daniel, 'closeConversation', { requestId: requestId(), conversationId })
    expect(
      await refusal(who.daniel, 'pickReview', { requestId: requestId(), pickedId: conversationId }),
    ).toMatchObject({
      reason: 'review.own',
    })
    const { reviewId } = await ask(who.ines, 'pickReview', {
      requestId: requestId(),
      pickedId: conversationId,
    })
    const listed = await ask(who.daniel, 'listReviews', { view: 'queue' })
    expect(listed.reviews.map((row) => row.reviewId)).not.toContain(reviewId)
    expect(
      await refusal(who.daniel, 'claimReview', { requestId: requestId(), reviewId, isMine: true }),
    ).toMatchObject({
      code: 'notFound',
    })
  })

  it('are seen by the vendor they are about when they are finished, without the reviewer’s name and without notes', async () => {
    const { reviewId, messageId } = await picked(4)
    expect((await ask(who.elin, 'listMyResults', {})).reviews.map((row) => row.reviewId)).not.toContain(
      reviewId,
    )
    await claim(who.daniel, reviewId)
    await score(who.daniel, reviewId, good, {
      comments: [{ messageId, text: 'Well put' }],
      summary: 'Thank you',
    })
    const results = await ask(who.elin, 'listMyResults', {})
    expect(results.reviews[0]).toMatchObject({ reviewId, score: 100, rating: 4, reviewer: null })
    const page = await ask(who.elin, 'readReview', { reviewId })
    expect(page.review).toMatchObject({
      summary: 'Thank you',
      comments: [{ text: 'Well put' }],
      reviewer: null,
    })
    expect(page.events.some((event) => event.type === 'messageSent')).toBe(true)
    expect(JSON.stringify(page)).not.toMatch(/staff canary|Daniel|mem_daniel|secret@marta/)
    expect((await ask(who.nils, 'listMyResults', {})).reviews).toEqual([])
    expect(await refusal(who.nils, 'readReview', { reviewId })).toMatchObject({ code: 'notFound' })
  })

  describe('may be disputed', () => {
    it('once, by whom they are about, and decided by somebody other than the reviewer', async () => {
      const { reviewId } = await finished(poor)
      const wish = { requestId: requestId(), reviewId, words: 'The oven was never mentioned' }
      expect(await refusal(who.nils, 'disputeReview', wish)).toMatchObject({ code: 'notFound' })
      expect(await refusal(who.ines, 'disputeReview', wish)).toMatchObject({ code: 'conflict' })
      const disputed = await ask(who.elin, 'disputeReview', wish)
      expect(disputed).toMatchObject({
        state: 'disputed',
        dispute: { words: 'The oven was never mentioned' },
      })
      const decide = {
        requestId: requestId(),
        reviewId,
        isUpheld: false,
        words: 'You are right',
        marks: good,
      }
      expect(await refusal(who.daniel, 'decideDispute', decide)).toEqual({
        code: 'notAllowed',
        reason: 'review.ownDecision',
      })
      expect(await refusal(who.elin, 'decideDispute', decide)).toMatchObject({ code: 'notAllowed' })
      const decided = await ask(who.ines, 'decideDispute', { ...decide, requestId: requestId() })
      expect(decided).toMatchObject({
        state: 'decided',
        score: 100,
        decision: { isUpheld: false, words: 'You are right' },
      })
      expect((await audited('review.decided')).at(-1)?.reason).toBe('changed from 50 to 100')
      expect(await refusal(who.elin, 'disputeReview', { ...wish, requestId: requestId() })).toMatchObject({
        reason: 'review.notDisputable',
      })
      const again = { ...decide, requestId: requestId() }
      expect(await refusal(who.ines, 'decideDispute', again)).toMatchObject({ reason: 'review.notDisputed' })
    })

    it('and stand when they are upheld', async () => {
      const { reviewId } = await finished(poor)
      await ask(who.elin, 'disputeReview', { requestId: requestId(), reviewId, words: 'No' })
      const wish = { requestId: requestId(), reviewId, isUpheld: true, words: 'It stands', marks: good }
      expect(await ask(who.ines, 'decideDispute', wish)).toMatchObject({ state: 'decided', score: 50 })
    })
  })

  it('keep the version of the rubric they were scored on', async () => {
    const { reviewId } = await finished(good)
    const before = (await ask(who.ines, 'viewReviewSettings', {})).rubric
    const changed = standardCriteria.filter(({ id }) => id !== 'tone')
    const after = (await saveRules({}, changed)).rubric
    expect(after.version).toBe(before.version + 1)
    expect((await saveRules({}, changed)).rubric.version).toBe(after.version)
    expect((await ask(who.daniel, 'readReview', { reviewId })).review.rubric).toEqual(before)
    const fresh = await picked()
    expect((await ask(who.daniel, 'readReview', { reviewId: fresh.reviewId })).review.rubric).toEqual(after)
    await saveRules({}, standardCriteria)
    const twice = [...changed, ...changed]
    expect(
      await refusal(who.ines, 'saveReviewSettings', {
        requestId: requestId(),
        criteria: twice,
        rules: standardRules,
      }),
    ).toMatchObject({ reason: 'rubric.twice' })
    expect(
      await refusal(who.ines, 'saveReviewSettings', {
        requestId: requestId(),
        criteria: changed,
        rules: { ...standardRules, reviewerIds: ['mem_elin'] },
      }),
    ).toMatchObject({ reason: 'review.reviewers' })
  })

  it('give a vendor’s score for its standing, without what is in dispute', async () => {
    const { database, clock } = site.world.parts
    const from = clock.now()
    await finished(good)
    await finished(poor)
    const disputed = await finished({ ...good, terms: 'no' })
    await ask(who.elin, 'disputeReview', { requestId: requestId(), reviewId: disputed.reviewId, words: 'No' })
    const to = new Date(clock.now().getTime() + 60_000)
    expect(await reviewScores(database, 'site_marlow', ['ven_kiln', 'ven_nordvik'], { from, to })).toEqual([
      { vendorId: 'ven_kiln', reviews: 2, score: 75 },
    ])
    expect(await reviewScores(database, 'site_other', ['ven_kiln'], { from, to })).toEqual([])
    expect(await reviewScores(database, 'site_marlow', ['ven_kiln'], { from: to, to })).toEqual([])
  })

  it('are listed where they and the customer, or the tone, say different things', async () => {
    const { reviewId } = await finished(good, 1)
    const quiet = await finished(good, 5)
    let page = await ask(who.ines, 'listDisagreements', { days: 1 })
    const entryOf = () => page.list.find((row) => row.reviewId === reviewId)
    // Tones are read a moment after the messages are sent.
    await waitFor(async () => {
      page = await ask(who.ines, 'listDisagreements', { days: 1 })
      return entryOf()?.opinions.tone != null
    })
    expect(entryOf()).toMatchObject({
      pairs: ['rating and review', 'rating and tone'],
      opinions: { rating: 0, review: 1 },
    })
    expect(entryOf()?.opinions.tone).toBeGreaterThan(0.7)
    expect(page.list.map((row) => row.reviewId)).not.toContain(quiet.reviewId)
    const rated = page.agreement.find(({ pair }) => pair === 'rating and review')
    expect(rated?.both).toBeGreaterThan(rated?.agree ?? 0)
    expect(page.agreement.find(({ pair }) => pair === 'tone and review')?.both).toBeGreaterThan(0)

    const withTone = listDisagreements({ toneOf: async () => new Map([[quiet.conversationId, -0.9]]) })
    const { parts } = site.world
    const toned = await withTone({
      actor: who.ines.actor,
      input: { days: 1 },
      sql: parts.database,
      parts,
      origin: { ip: '', sessionId: null },
      afterCommit: () => {},
    })
    expect(toned.list.find((row) => row.reviewId === quiet.reviewId)?.pairs).toEqual([
      'tone and review',
      'rating and tone',
    ])
  })

  it('are read in pages', async () => {
    const seen: ReviewRow[] = []
    for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
      const page: CommandAnswer<'listReviews'> = await ask(who.ines, 'listReviews', {
        view: 'done',
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...page.reviews)
      cursor = page.cursor
    }
    expect(seen.length).toBeGreaterThan(4)
    expect(new Set(seen.map((row) => row.reviewId)).size).toBe(seen.length)
  })
})
