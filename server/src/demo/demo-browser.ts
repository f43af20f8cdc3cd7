import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { testClock } from '../clock.ts'
import { createDemo } from './demo.ts'

export const publicUrl = 'https://chat.example'

/** The demo alone, on a port of its own and at noon of the day the cast's orders belong to. */
export async function startDemo() {
  const clock = testClock('2026-11-22T12:00:00Z')
  const server = createServer(express().use('/demo', createDemo({ publicUrl, clock })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const createBrowser = () => {
    let cookie = ''
    const request = async (
      path: string,
      options: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {},
    ) => {
      const response = await fetch(address + path, {
        redirect: 'manual',
        ...options,
        headers: { ...(cookie ? { cookie } : {}), ...options.headers },
      })
      const given = response.headers.get('set-cookie')
      if (given !== null)
        cookie = given.includes('Expires=Thu, 01 Jan 1970') ? '' : (given.split(';')[0] ?? '')
      return response
    }
    return {
      open: (path: string) => request(path),
      read: async (path: string) => (await request(path)).text(),
      submit: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
        request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
      hasCookie: () => cookie !== '',
      forge: (change: (cookie: string) => string) => {
        cookie = change(cookie)
      },
    }
  }

  return {
    clock,
    /** A browser as far as these tests need one: it keeps the cookie and does not follow redirects. */
    createBrowser,
    browserOf: async (person: string) => {
      const browser = createBrowser()
      const response = await browser.submit('/demo/sign-in', { person })
      if (response.status !== 303) throw new Error(`${person} could not sign in`)
      return browser
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
