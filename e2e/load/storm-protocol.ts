export type ToStorm =
  | { ask: 'arrive'; url: string; auth: object; count: number; from: string[] }
  /** Waits until everybody is connected again. */
  | { ask: 'back'; withinMs: number }

export type FromStorm =
  | { answer: 'arrived' }
  | {
      answer: 'back'
      lost: number
      back: number
      errors: number
      seconds: number
      /** From the moment a connection was tried to the welcome, of those who came back. */
      handshakeMs: number[]
    }
