export interface Mentionable {
  memberId: string
  name: string
}

/** The word after an `@` before the caret, or null when nobody is being mentioned. */
export function mentionQuery(text: string, caret: number): { query: string; start: number } | null {
  const match = /(?:^|[\s(])@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]*)?)$/u.exec(text.slice(0, caret))
  if (match === null) return null
  const query = match[1] ?? ''
  return { query, start: caret - query.length - 1 }
}

export function matchingPeople<Person extends Mentionable>(
  people: readonly Person[],
  query: string,
): Person[] {
  const wanted = query.toLocaleLowerCase()
  return people
    .filter(({ name }) => {
      const whole = name.toLocaleLowerCase()
      return whole.startsWith(wanted) || whole.split(/\s+/).some((word) => word.startsWith(wanted))
    })
    .slice(0, 8)
}

/** Whoever is named in the text as it stands when it is sent, not as it once was. */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ memberId }) => memberId)
}
