import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { id, line, requestId } from './texts.ts'

export const privacyCommands = {
  /** By name, e-mail address, the shop's own id, or ours. */
  findPeople: {
    input: z.strictObject({ search: line(200) }),
    action: 'person.erase',
    on: 'site',
    isRead: true,
  },
  exportPerson: {
    input: z.strictObject({ contactId: id }),
    action: 'person.erase',
    on: 'site',
    isRead: true,
  },
  /** For good. Why is on record; who it was is not, afterwards. */
  erasePerson: {
    input: z.strictObject({ requestId, contactId: id, reason: line(300) }),
    action: 'person.erase',
    on: 'site',
  },
  /** Nothing of them goes, neither by the clock nor by being asked for, until it is released. Why is on record. */
  holdPerson: {
    input: z.strictObject({ requestId, contactId: id, reason: line(300) }),
    action: 'person.hold',
    on: 'site',
  },
  releasePerson: {
    input: z.strictObject({ requestId, contactId: id, reason: line(300) }),
    action: 'person.hold',
    on: 'site',
  },
  /** Newest first, 200 of them at most. */
  listHeldPeople: { input: z.strictObject({}), action: 'person.hold', on: 'site', isRead: true },
  /** Of somebody who applied as a vendor and has nobody who signs in. For good. */
  eraseApplicant: {
    input: z.strictObject({ requestId, vendorId: id, reason: line(300) }),
    action: 'person.erase',
    on: 'site',
  },
  /** Of somebody who answers or decides, switched off or not. */
  exportMember: {
    input: z.strictObject({ memberId: id }),
    action: 'person.erase',
    on: 'site',
    isRead: true,
  },
  /** Of somebody who was switched off before. For good: what they wrote stays, under nobody's name. */
  eraseMember: {
    input: z.strictObject({ requestId, memberId: id, reason: line(300) }),
    action: 'person.erase',
    on: 'site',
  },
} as const satisfies Record<string, CommandDefinition>
