import { createKilnChats } from './kiln-chats.ts'
import { about, moderators, type NameOfPast, type Past, type PastWorld, requestId } from './past.ts'

export function pastsOfConversations(world: PastWorld) {
  const { marta } = world.everybody
  const { answeredByKiln, kilnSaid, closedByKiln } = createKilnChats(world)

  return {
    rateConversation: {
      by: ['marta'],
      make: async () => about('rateConversation', { conversationId: await closedByKiln() }),
    },
    requestTranscript: {
      by: ['marta'],
      make: async () => about('requestTranscript', { conversationId: await closedByKiln() }),
    },
    handBackConversation: {
      by: moderators,
      isOwn: true,
      async make(asker) {
        const conversationId = await answeredByKiln()
        await asker.person.ask('takeOverConversation', {
          requestId: requestId(),
          conversationId,
          reason: 'Payment elsewhere',
        })
        return about('handBackConversation', { conversationId })
      },
    },
    releaseMessage: {
      by: moderators,
      make: async () => about('releaseMessage', await kilnSaid('See kiln-shop.example/cups')),
    },
    rejectMessage: {
      by: moderators,
      make: async () => about('rejectMessage', await kilnSaid('See kiln-shop.example/cups')),
    },
    restoreMessage: {
      by: moderators,
      make: async () => about('restoreMessage', await kilnSaid('Write to elin@kiln.example instead')),
    },
    resolveFlags: {
      by: moderators,
      async make() {
        const conversationId = await answeredByKiln()
        const { messageId } = await marta.person.ask('sendMessage', {
          requestId: requestId(),
          conversationId,
          text: 'Like these: https://cups.example/blue',
        })
        return about('resolveFlags', { conversationId, messageId })
      },
    },
  } satisfies Partial<Record<NameOfPast, Past>>
}
