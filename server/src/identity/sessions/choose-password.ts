import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { isLeaked } from './leaked-passwords.ts'
import { checkPassword, hashPassword } from './password.ts'

/** What is kept of a password that somebody chooses. Only one that our own rules take is looked up elsewhere. */
export async function choosePassword(
  parts: Pick<Parts, 'config' | 'logger'>,
  password: string,
  about: readonly string[],
  field = 'password',
): Promise<string> {
  checkPassword(password, about, field)
  if (await isLeaked(parts, password)) throw new Refused('invalid', 'password.leaked', { field })
  return hashPassword(password)
}
