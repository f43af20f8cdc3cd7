import type { Author } from '@parley/shared/people.ts'
import type { Counterpart, PublicMember } from '@parley/shared/protocol/events.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { enOpening } from '../i18n/en-opening.ts'
import { enTalk } from '../i18n/en-talk.ts'
import { addWords } from '../i18n/words.ts'
import { lineText } from './lines.ts'
import { othersIn, reader } from './own.ts'
import type { LineEvent } from './thread.ts'

const nadia: PublicMember = { memberId: 'mem_nadia', name: 'Nadia', party: 'moderator' }
const elin: PublicMember = { memberId: 'mem_elin', name: 'Elin', party: 'vendor', of: 'Kiln & Thread' }
const priya: PublicMember = { memberId: 'mem_priya', name: 'Priya', party: 'support' }
const by: Author = { side: 'staff', party: 'moderator', id: 'mem_nadia', name: 'Nadia' }
const shop: Counterpart = { kind: 'vendor', vendorId: 'ven_kiln', name: 'Kiln & Thread' }
const room = {
  kind: 'buyers' as const,
  name: 'One crate for three',
  members: [
    { id: 'con_marta', name: 'Marta' },
    { id: 'con_omar', name: 'Omar' },
    { id: 'con_wren', name: 'Wren' },
  ],
}
const told = (type: LineEvent['type'], payload: object, place: Counterpart = shop) =>
  lineText(
    { conversationId: 'cnv_1', position: 1, at: '2026-11-26T10:00:00.000Z', by, type, payload } as LineEvent,
    place,
  )

beforeAll(() => addWords({ ...enOpening, ...enTalk }))

describe('a line between messages', () => {
  it('tells a moderator who comes, who answers from now on, and who goes, apart', () => {
    const lines = [
      told('moderatorJoined', { moderator: nadia }),
      told('takenOver', { moderator: nadia, from: elin }),
      told('handedBack', { moderator: nadia, to: elin }),
    ]
    expect(lines).toEqual([
      'Nadia joined (Moderator)',
      'Nadia (Moderator) now answers for Kiln & Thread',
      'Nadia left (Moderator)',
    ])
  })

  it('names whose place a moderator takes, also where nobody had answered yet', () => {
    expect(told('takenOver', { moderator: nadia, from: priya })).toBe(
      'Nadia (Moderator) now answers for Priya',
    )
    expect(told('takenOver', { moderator: nadia, from: null })).toBe(
      'Nadia (Moderator) now answers for Kiln & Thread',
    )
  })

  it('says in a room that the others can no longer write', () => {
    expect(told('takenOver', { moderator: nadia, from: null }, room)).toBe(
      'Only Nadia (Moderator) can write here now',
    )
  })
})

describe('a room of buyers', () => {
  it('is named by who else is in it', () => {
    reader.id = 'con_marta'
    expect(othersIn(room)).toBe('Omar, Wren')
    reader.id = 'con_wren'
    expect(othersIn(room)).toBe('Marta, Omar')
  })
})
