import { Refused } from '../app/refused.ts'
import { addressFor, verb } from '../conversations/index.ts'
import { refuseTranscriptOverCap } from './caps.ts'

/** Only to an address the signed identity proves, or that was given in this very conversation. */
export const requestTranscript = verb<'requestTranscript', string | null>({
  prepare: async ({ input }, parts) => {
    if (parts.config.smtpUrl === undefined) throw new Refused('unavailable', 'mail.notConfigured')
    const address = await addressFor(parts.database, input.conversationId)
    if (address !== null)
      await refuseTranscriptOverCap(parts, { conversationId: input.conversationId, address })
    return address
  },
  decide(_held, { input, prepared: known }) {
    if (known === null) throw new Refused('invalid', 'email.missing', { field: 'email' })
    if (input.email !== undefined && input.email.toLowerCase() !== known.toLowerCase())
      throw new Refused('notAllowed', 'email.notProven', { field: 'email' })
    return [{ type: 'transcriptRequested', payload: { to: maskedAddress(known) } }]
  },
})

export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}…${email.slice(at)}`
}
