/** `member:mem_ines` as the name people know, where there is one; the id otherwise. */
export function objectWords(object: string, names: ReadonlyMap<string, string>): string {
  const at = object.indexOf(':')
  const id = at === -1 ? object : object.slice(at + 1)
  return names.get(id) ?? object
}
