import type { Asker } from '../everybody.ts'
import { createKilnChats } from './kiln-chats.ts'
import { about, moderators, type NameOfPast, type Past, type PastWorld, requestId } from './past.ts'

const good = { decision: 'yes', explanation: 'yes', handoff: 'na', tone: 'yes', terms: 'yes' } as const

export function pastsOfReviews(world: PastWorld) {
  const { ines, daniel, elin } = world.everybody
  const { closedByKiln } = createKilnChats(world)

  async function chosenReview(): Promise<string> {
    const pickedId = await closedByKiln()
    return (await ines.person.ask('pickReview', { requestId: requestId(), pickedId })).reviewId
  }
  async function claimed(by: Asker): Promise<string> {
    const reviewId = await chosenReview()
    await by.person.ask('claimReview', { requestId: requestId(), reviewId, isMine: true })
    return reviewId
  }
  async function finished(by: Asker): Promise<string> {
    const reviewId = await claimed(by)
    await by.person.ask('saveReview', {
      requestId: requestId(),
      reviewId,
      marks: good,
      comments: [],
      summary: '',
      isFinished: true,
    })
    return reviewId
  }

  return {
    pickReview: {
      by: moderators,
      make: async () => about('pickReview', { conversationId: await closedByKiln() }),
    },
    claimReview: {
      by: moderators,
      make: async () => ({ ...about('claimReview', {}), reviewId: await chosenReview() }),
    },
    readReview: {
      by: [...moderators, 'elin'],
      make: async () => ({ ...about('readReview', {}), reviewId: await finished(daniel) }),
    },
    saveReview: {
      by: moderators,
      isOwn: true,
      make: async (asker) => ({ ...about('saveReview', {}), reviewId: await claimed(asker) }),
    },
    disputeReview: {
      by: ['elin'],
      make: async () => ({ ...about('disputeReview', {}), reviewId: await finished(daniel) }),
    },
    decideDispute: {
      by: moderators,
      async make(asker) {
        const reviewId = await finished(asker.name === ines.name ? daniel : ines)
        await elin.person.ask('disputeReview', { requestId: requestId(), reviewId, words: 'I do not agree' })
        return { ...about('decideDispute', {}), reviewId }
      },
    },
  } satisfies Partial<Record<NameOfPast, Past>>
}
