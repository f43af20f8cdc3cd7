const shape =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
const longest = 254

/**
 * Says whether mail may go to an address. Stricter than the standard on purpose: a quoted local part, a comment or a
 * group is read differently by different parsers, and then mail leaves for another domain than the one checked.
 */
export function isMailable(address: string): boolean {
  if (address.length > longest || !shape.test(address)) return false
  const [local = ''] = address.split('@')
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..')
}
