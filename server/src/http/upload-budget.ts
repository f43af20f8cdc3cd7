import { Refused } from '../app/refused.ts'

const megabyte = 1024 * 1024
/** Uploads are held in memory until they are checked: what all of them together may take. */
const everybodysBytes = 256 * megabyte
const atOncePerPerson = 3

export interface UploadShare {
  take(bytes: number): void
  /** Gives everything back; more than once is harmless. */
  end(): void
}

export interface UploadBudget {
  begin(actorId: string): UploadShare
}

export function createUploadBudget(mostBytes = everybodysBytes): UploadBudget {
  const running = new Map<string, number>()
  let held = 0
  return {
    begin(actorId) {
      const mine = running.get(actorId) ?? 0
      if (mine >= atOncePerPerson) throw new Refused('rateLimited', 'file.busy', { retryAfterMs: 2_000 })
      running.set(actorId, mine + 1)
      let taken = 0
      let hasEnded = false
      return {
        take(bytes) {
          if (held + bytes > mostBytes) throw new Refused('unavailable', 'file.busy', { retryAfterMs: 5_000 })
          held += bytes
          taken += bytes
        },
        end() {
          if (hasEnded) return
          hasEnded = true
          held -= taken
          const left = (running.get(actorId) ?? 1) - 1
          if (left === 0) running.delete(actorId)
          else running.set(actorId, left)
        },
      }
    },
  }
}
