/** How large a measurement is: the real one, or a small one that only shows that it works. */
export interface Size {
  seed: number
  seconds: number
  conversations: number
  idle: number
  storm: number
  agents: number
  soakMinutes: number
}

export const wholeSize = { conversations: 200, idle: 10_000, storm: 5_000, agents: 200 } as const
export const smallSize = { conversations: 20, idle: 200, storm: 200, agents: 40 } as const
