import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { findPerson, newBuyer, type Person } from './person.ts'

const cookieName = 'marlow_session'
const lifeSeconds = 12 * 60 * 60

const stored = z.strictObject({
  person: z.string().optional(),
  registered: z.strictObject({ sub: z.string(), name: z.string(), email: z.string() }).optional(),
  memberSince: z.string().optional(),
  expiresAt: z.number(),
})
export type Session = Omit<z.infer<typeof stored>, 'expiresAt'>

export type Sessions = {
  read(request: Request): Session
  write(response: Response, session: Session): void
  clear(response: Response): void
}

/** The key lives as long as the process: after a restart everybody is signed out, and nothing is stored. */
export function createSessions(options: { clock: Clock; secure: boolean }): Sessions {
  const key = randomBytes(32)
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()
  const cookie = { httpOnly: true, sameSite: 'lax', secure: options.secure, path: '/demo' } as const
  const nowSeconds = () => Math.floor(options.clock.now().getTime() / 1000)

  return {
    read(request) {
      const value = cookieValue(request.headers.cookie ?? '')
      const [text = '', signature = ''] = value.split('.')
      const given = Buffer.from(signature, 'base64url')
      const right = sign(text)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return {}
      const { expiresAt, ...session } = stored.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return expiresAt > nowSeconds() ? session : {}
    },
    write(response, session) {
      const text = Buffer.from(
        JSON.stringify({ ...session, expiresAt: nowSeconds() + lifeSeconds }),
      ).toString('base64url')
      const value = `${text}.${sign(text).toString('base64url')}`
      response.cookie(cookieName, value, { ...cookie, maxAge: lifeSeconds * 1000 })
    },
    clear(response) {
      response.clearCookie(cookieName, cookie)
    },
  }
}

function cookieValue(header: string): string {
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === cookieName && value) return value
  }
  return ''
}

export function personOf(session: Session): Person | undefined {
  if (session.registered) {
    const { sub, name, email } = session.registered
    return newBuyer(sub, name, email)
  }
  return session.person === undefined ? undefined : findPerson(session.person)
}
