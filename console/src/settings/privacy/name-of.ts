import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'

export function nameOf({ name, contactId }: FoundPerson): string {
  return name ?? `Guest ${contactId.slice(-6)}`
}
