import { once } from 'node:events'
import { createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'

interface ReceivedMail {
  from: string
  to: string[]
  headers: Map<string, string>
  text: string
  html: string
  raw: string
}

export interface PostOffice {
  port: number
  received: ReceivedMail[]
  /** What it does with the next letters; who is greylisted is put off the first time and taken the next. */
  mood: 'takes' | 'refusesRecipient' | 'takesAndHangsUp' | 'greylists' | 'saysNothing'
  /** To whom, each time that it said no or later. */
  turnedAway: string[]
  close(): Promise<void>
}

/** A real SMTP server on the loopback that keeps what it gets. */
export async function openPostOffice(port = 0): Promise<PostOffice> {
  const received: ReceivedMail[] = []
  const turnedAway: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 50,
    onConnect(_session, done) {
      if (office.mood !== 'saysNothing') done()
    },
    onRcptTo({ address }, _session, done) {
      const isKnown = turnedAway.includes(address)
      if (office.mood !== 'refusesRecipient' && (office.mood !== 'greylists' || isKnown)) return done()
      turnedAway.push(address)
      const [words, responseCode] =
        office.mood === 'greylists' ? ['Come again later', 451] : ['No such mailbox', 550]
      done(Object.assign(new Error(String(words)), { responseCode }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : (mailFrom?.address ?? ''),
          to: (rcptTo ?? []).map(({ address }) => address),
          ...readMail(Buffer.concat(chunks).toString('latin1')),
        })
        if (office.mood !== 'takesAndHangsUp') return done()
        for (const connection of server.connections) connection.close()
      })
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The post office has no port')
  const office: PostOffice = {
    port: address.port,
    received,
    mood: 'takes',
    turnedAway,
    close: () => new Promise((closed) => server.close(() => closed())),
  }
  return office
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port was found')
  return address.port
}

/** Headers and the two parts of a letter, decoded as a mail program would. */
function readMail(raw: string): Pick<ReceivedMail, 'headers' | 'text' | 'html' | 'raw'> {
  const whole = readPart(raw)
  const boundary = /boundary="([^"]+)"/.exec(whole.headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = whole.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => readPart(part.replace(/^\r\n/, '')))
  const bodyOf = (type: string) => {
    const part = parts.find(({ headers }) => headers.get('content-type')?.startsWith(type))
    return part === undefined
      ? ''
      : decode(part.body, part.headers.get('content-transfer-encoding') ?? '7bit')
  }
  return { headers: whole.headers, text: bodyOf('text/plain'), html: bodyOf('text/html'), raw }
}

function readPart(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  return { headers, body: raw.slice(end + 4) }
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_sign, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
