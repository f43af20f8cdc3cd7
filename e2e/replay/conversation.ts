export interface Turn {
  by: 'customer' | 'agent'
  text: string
}

/** One conversation as the source tells it, ready to be played: the customer opens it. */
export interface SourceConversation {
  id: string
  turns: readonly Turn[]
  /** Both sides are the source's, in one order; otherwise the answers are echoes and sides speak over each other. */
  isTwoSided: boolean
}

/** A turn that no client would send, and why. */
export interface LeftOut {
  conversationId: string
  turn: number
  reason: string
}

export interface Source {
  conversations: readonly SourceConversation[]
  leftOut: readonly LeftOut[]
}

/** What a file says before it is weighed: `subject` opens a chat in which the agent spoke first. */
export interface Told {
  id: string
  subject: string
  turns: readonly Turn[]
}
