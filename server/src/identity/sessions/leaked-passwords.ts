import { createHash } from 'node:crypto'
import type { Parts } from '../../app/parts.ts'
import { fetchAnswer, type Resolve } from '../../outbound/index.ts'

/** Whoever chooses a password waits for it, so it is short. */
const longestMs = 2_000
const shownSigns = 5

/**
 * Is this password in a list of leaked ones? Asked by k-anonymity: five signs of its SHA-1 leave, about a thousand endings
 * come back, padded so that not even their number tells which were asked for. Nobody is kept out by somebody else's
 * server: when it does not answer, the password is taken and the log says so.
 */
export async function isLeaked(
  { config, logger }: Pick<Parts, 'config' | 'logger'>,
  password: string,
  resolve?: Resolve,
): Promise<boolean> {
  if (config.leakedPasswordsUrl === undefined) return false
  const digest = createHash('sha1').update(password.normalize('NFKC')).digest('hex').toUpperCase()
  const wish = {
    method: 'GET',
    url: `${config.leakedPasswordsUrl}/range/${digest.slice(0, shownSigns)}`,
    headers: { 'add-padding': 'true', 'accept-encoding': 'identity', 'user-agent': 'Parley' },
    withinMs: longestMs,
  } as const
  try {
    const answer = await fetchAnswer(config, wish, resolve)
    if (answer.status !== 200) throw new Error(`It answered ${answer.status}.`)
    return isListed(await answer.text(), digest.slice(shownSigns))
  } catch (error) {
    logger.warn(
      { err: error },
      'The lists of leaked passwords did not answer; a password was taken without them.',
    )
    return false
  }
}

/** Lines are `ENDING:COUNT`; a count of zero is padding. */
function isListed(answer: string, ending: string): boolean {
  return answer.split('\n').some((line) => {
    const [listed = '', count] = line.trim().split(':')
    return listed.toUpperCase() === ending && Number(count) > 0
  })
}
