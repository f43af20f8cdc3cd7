interface Packet {
  type: number
  nsp: string
  id?: number
  data?: unknown
}

export const protocol = 5
export const PacketType = {
  CONNECT: 0,
  DISCONNECT: 1,
  EVENT: 2,
  ACK: 3,
  CONNECT_ERROR: 4,
  BINARY_EVENT: 5,
  BINARY_ACK: 6,
}

const shape = /^([0-4])(\d*)(.*)$/s

/** A parser for the official client, in place of its own: JSON in the one namespace there is, nothing binary. */
export class Encoder {
  encode({ type, id, data }: Packet): string[] {
    return [`${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`]
  }
}

export class Decoder {
  private hear: ((packet: Packet) => void) | undefined

  on(_name: 'decoded', hear: (packet: Packet) => void): void {
    this.hear = hear
  }

  off(): void {
    this.hear = undefined
  }

  destroy(): void {
    this.off()
  }

  /** Throws at what is no packet; the client closes and comes back. */
  add(text: string): void {
    const [, type, id, json] = shape.exec(text) ?? []
    const packet: Packet = { type: Number(type), nsp: '/' }
    if (id) packet.id = Number(id)
    if (json) packet.data = JSON.parse(json)
    const isList = packet.type === PacketType.EVENT || packet.type === PacketType.ACK
    if (!type || (isList && !Array.isArray(packet.data))) throw new Error('no packet')
    this.hear?.(packet)
  }
}
