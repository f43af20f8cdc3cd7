import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'

export function nameOf({ name, contactId }: Pick<FoundPerson, 'name' | 'contactId'>): string {
  return name ?? `Guest ${contactId.slice(-6)}`
}
