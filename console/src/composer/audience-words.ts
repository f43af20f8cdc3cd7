import type { ReaderKind } from '@parley/shared/people.ts'
import type { Subject } from '../conversation/subject.ts'
import { firstName } from '../inbox/row-words.ts'
import type { ComposerMode } from './drafts.ts'

/** Who will see what is being written; stands beside the composer always. */
export function audienceWords(
  mode: ComposerMode,
  side: ReaderKind,
  subject: Pick<Subject, 'customer' | 'with'>,
  siteName: string,
): string {
  if ('members' in subject.with) {
    const { members } = subject.with
    if (mode === 'note') return 'Team only. Nobody in the room can see this'
    const who = members.map(({ name }) => name).join(', ')
    return side === 'vendor' ? `${who} and ${siteName} can see this` : `${who} will see this`
  }
  const customer = firstName(subject.customer.name)
  if (mode === 'note') {
    const vendor = subject.with.kind === 'vendor' ? ` and ${subject.with.name}` : ''
    return `Team only. ${customer}${vendor} cannot see this`
  }
  if (side === 'vendor') return `${customer} and ${siteName} can see this`
  if (subject.with.kind === 'vendor') return `${customer} and ${subject.with.name} will see this`
  return `${customer} will see this`
}
