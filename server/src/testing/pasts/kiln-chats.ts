import { type PastWorld, requestId } from './past.ts'

/** Chats between Marta and Kiln & Thread, as far as they have come. */
export function createKilnChats({ everybody }: Pick<PastWorld, 'everybody'>) {
  const { elin, marta } = everybody

  async function answeredByKiln(): Promise<string> {
    const { conversationId } = await marta.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'Is it oven-proof?' },
    })
    await elin.person.ask('takeConversation', { requestId: requestId(), conversationId })
    return conversationId
  }
  async function kilnSaid(text: string): Promise<{ conversationId: string; messageId: string }> {
    const conversationId = await answeredByKiln()
    const { messageId } = await elin.person.ask('sendMessage', {
      requestId: requestId(),
      conversationId,
      text,
    })
    return { conversationId, messageId }
  }
  async function closedByKiln(): Promise<string> {
    const { conversationId } = await kilnSaid('Up to 220 degrees')
    await elin.person.ask('closeConversation', { requestId: requestId(), conversationId })
    return conversationId
  }

  return { answeredByKiln, kilnSaid, closedByKiln }
}
