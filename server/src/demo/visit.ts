import type { Person } from './person.ts'
import type { Session } from './session.ts'

/** One request as the pages see it. */
export type Visit = {
  session: Session
  person: Person | undefined
  now: Date
  publicUrl: string
}
