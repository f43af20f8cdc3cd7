import { hash, verify } from '@node-rs/argon2'
import { Refused } from '../../app/refused.ts'
import { isCommon } from './common-passwords.ts'

const leastCharacters = 12
const mostCharacters = 200
/** argon2id is the library's own default; memory and passes as OWASP advises. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

let nobody: Promise<string> | undefined

/** The same work whether the account exists or not. */
export async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  nobody ??= hashPassword('the password of nobody')
  const isRight = await verify(stored ?? (await nobody), password.normalize('NFKC').slice(0, 1_000))
  return isRight && stored !== null && stored !== undefined
}

/** `about` are words an attacker tries first: the person's name, e-mail and the site's name. */
export function checkPassword(password: string, about: readonly string[], field = 'password'): void {
  const problem = problemOf(password, about)
  if (problem) throw new Refused('invalid', problem, { field })
}

function problemOf(password: string, about: readonly string[]): string | undefined {
  const characters = [...password]
  if (characters.length < leastCharacters) return 'password.tooShort'
  if (characters.length > mostCharacters) return 'password.tooLong'
  if (isCommon(password)) return 'password.common'
  return about.some((words) => contains(password, words)) ? 'password.personal' : undefined
}

function contains(password: string, words: string): boolean {
  const typed = password.toLowerCase()
  const parts = words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4)
  return parts.some((part) => {
    const rest = typed.replaceAll(part, '')
    // A personal word inside a long phrase is no weakness; as most of the password it is.
    return rest !== typed && [...rest].length < leastCharacters
  })
}
