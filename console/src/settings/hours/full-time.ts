/** `9`, `930` and `9:30` are times to people. */
export function fullTime(typed: string): string {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(typed.trim())
  if (found === null) return typed.trim()
  return `${(found[1] ?? '').padStart(2, '0')}:${found[2] ?? '00'}`
}
