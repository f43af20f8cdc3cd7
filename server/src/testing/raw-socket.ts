import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'

/** A WebSocket without manners: it answers pings, and what it sends need not be a frame at all. */
export interface RawSocket {
  /** Texts received, oldest first, with Engine.IO’s and Socket.IO’s own prefixes. */
  texts: string[]
  readonly isClosed: boolean
  /** One well-formed masked frame. */
  send(text: string): void
  frame(opcode: number, payload: Buffer): void
  /** Straight onto the wire. */
  bytes(bytes: Buffer): void
  close(): void
}

/** Resolves once upgraded; rejects with the first line of any other answer. */
export async function openRawSocket(
  url: string,
  {
    query = '',
    headers = {},
    from,
  }: {
    query?: string
    headers?: Record<string, string> /** One of this machine's addresses. */
    from?: string
  } = {},
): Promise<RawSocket> {
  const { host, hostname, port } = new URL(url)
  const socket = connect({
    port: Number(port),
    host: hostname,
    ...(from === undefined ? {} : { localAddress: from }),
  })
  await once(socket, 'connect')
  const lines = Object.entries({
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET /socket/?EIO=4&transport=websocket${query} HTTP/1.1\r\n${lines.join('')}\r\n`)

  const texts: string[] = []
  let held: Buffer<ArrayBufferLike> = Buffer.alloc(0)
  let isClosed = false
  let isOpen = false
  let opened: () => void = () => {}
  let failed: (error: Error) => void = () => {}
  const upgraded = new Promise<void>((resolve, reject) => {
    opened = resolve
    failed = reject
  })
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk])
    if (!isOpen) {
      const end = held.indexOf('\r\n\r\n')
      if (end === -1) return
      const [first = ''] = held.toString('latin1', 0, end).split('\r\n')
      if (!first.includes(' 101 ')) return failed(new Error(first))
      held = held.subarray(end + 4)
      isOpen = true
      opened()
    }
    takeFrames()
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
    failed(new Error('closed'))
  })
  await upgraded

  function takeFrames(): void {
    for (;;) {
      const short = (held[1] ?? 0) & 0x7f
      const [from, length] =
        short === 126 && held.length >= 4
          ? [4, held.readUInt16BE(2)]
          : short === 127 && held.length >= 10
            ? [10, Number(held.readBigUInt64BE(2))]
            : [2, short]
      if (held.length < 2 || short > 125 + 2 || held.length < from + length) return
      const opcode = (held[0] ?? 0) & 0x0f
      const text = held.toString('utf8', from, from + length)
      held = held.subarray(from + length)
      if (opcode === 8) {
        isClosed = true
        socket.end()
      } else if (opcode === 1 && text === '2') send('3')
      else if (opcode === 1) texts.push(text)
    }
  }

  function frame(opcode: number, payload: Buffer): void {
    const mask = randomBytes(4)
    const length =
      payload.length < 126
        ? Buffer.from([0x80 | payload.length])
        : payload.length < 65_536
          ? Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 0xff])
          : Buffer.concat([Buffer.from([0x80 | 127]), sizeOf(payload.length)])
    const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)))
    bytes(Buffer.concat([Buffer.from([0x80 | opcode]), length, mask, masked]))
  }

  function bytes(raw: Buffer): void {
    if (!socket.destroyed) socket.write(raw)
  }

  function send(text: string): void {
    frame(1, Buffer.from(text))
  }

  return {
    texts,
    get isClosed() {
      return isClosed
    },
    send,
    frame,
    bytes,
    close: () => socket.destroy(),
  }
}

function sizeOf(length: number): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(length))
  return size
}
