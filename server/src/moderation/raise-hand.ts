import { verb } from '../conversations/index.ts'

export const raiseHand = verb<'raiseHand'>({
  decide: ({ conversation }, { input }) =>
    conversation.hand ? [] : [{ type: 'handRaised', payload: { reason: input.reason } }],
})

export const lowerHand = verb<'lowerHand'>({
  decide: ({ conversation }) => (conversation.hand ? [{ type: 'handLowered', payload: {} }] : []),
})
