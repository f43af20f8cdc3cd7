import { Transform } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import { createGate } from '../gate.ts'
import { isMailable } from './mail-address.ts'

/** What is said, free of where it goes. The subject never holds words of a customer or a vendor. */
export interface Letter {
  subject: string
  text: string
  html: string
}

interface Posting extends Letter {
  to: string
  /** Stable over all tries, so that a letter that arrives twice is recognised as one. */
  mailId: string
}

export interface Mailer {
  send(posting: Posting): Promise<void>
  close(): void
}

/** The server of the other side said no for good; trying again would only annoy it. */
export class MailRefused extends Error {}
/** The whole letter was handed over and no answer came: it may be on its way or not. */
export class MailUnconfirmed extends Error {}
const mostHandOvers = 2

const connections = 4
/** Who waits longer than this for a connection is sent later instead. */
const longestWaitMs = 15_000
const patience = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  // Servers that look into a letter before they take it need their time, and one that is not waited for gets it twice.
  socketTimeout: 120_000,
}
/** For one whose answers drip, so that it is never silent for long. */
const longestSendingMs = 300_000

/** Sends through the site owner's SMTP server; null where none is configured. */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>): Mailer | null {
  const { smtpUrl, mailFrom, publicUrl } = config
  if (smtpUrl === undefined) return null
  const host = new URL(publicUrl).hostname
  const sender = senderOf(mailFrom)
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...patience,
  })
  const gate = createGate(connections)
  const handedOver = new Set<string>()
  transport.use('stream', ({ message }, done) => {
    message.transform(
      () =>
        new Transform({
          transform: (chunk, _encoding, next) => next(null, chunk),
          flush(next) {
            handedOver.add(message.messageId())
            next()
          },
        }),
    )
    done()
  })

  async function post({ to, mailId, subject, text, html }: Posting): Promise<void> {
    const messageId = `<${mailId.replace(/[^A-Za-z0-9_.-]/g, '.')}@${host}>`
    try {
      await transport.sendMail({
        from: { name: sender.name, address: sender.address },
        to: { name: '', address: to },
        // Where it goes is what was checked, not what a parser makes of a header.
        envelope: { from: sender.address, to: [to] },
        messageId,
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        signal: AbortSignal.timeout(longestSendingMs),
      })
    } catch (error) {
      if (isFinal(error)) throw new MailRefused('The mail server refused the letter', { cause: error })
      if (handedOver.has(messageId) && !isAnswered(error))
        throw new MailUnconfirmed('The mail server did not say whether it took the letter', { cause: error })
      throw error
    } finally {
      handedOver.delete(messageId)
    }
  }

  return {
    send(posting) {
      if (!isMailable(posting.to)) return Promise.reject(new MailRefused('The address cannot be written to'))
      const asked = performance.now()
      return gate(() => {
        if (performance.now() - asked > longestWaitMs) throw new Error('The mail server is slow')
        return post(posting)
      })
    },
    // Who is still sending has been waited for.
    close: () => transport.close({ force: true }),
  }
}

function senderOf(mailFrom: string): { name: string; address: string } {
  const named = /^(.*)<([^<>]+)>\s*$/.exec(mailFrom)
  const name = named?.[1]?.trim().replace(/^"|"$/g, '') ?? ''
  return { name, address: (named?.[2] ?? mailFrom).trim() }
}

/** 5xx for this recipient or this content; what happens before, at sign-in or greeting, is the owner's to mend. */
function isFinal(error: unknown): boolean {
  if (!(isAnswered(error) && 'code' in error)) return false
  const isAboutLetter = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  return isAboutLetter && typeof error.responseCode === 'number' && error.responseCode >= 500
}

/** Nothing is gained by another try: refused for good, or handed over as often as one may without an answer. */
export function isOver(error: unknown, handOvers: number): boolean {
  return error instanceof MailRefused || (error instanceof MailUnconfirmed && handOvers >= mostHandOvers)
}

function isAnswered(error: unknown): error is Error & { responseCode: unknown } {
  return error instanceof Error && 'responseCode' in error
}
