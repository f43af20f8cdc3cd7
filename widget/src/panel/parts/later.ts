import { change, getState, recall } from '../state.ts'

/** Code that comes after the first screen; asked for again until it is there. */
export function part<Part>(load: () => Promise<Part>) {
  let here: Part | undefined
  let coming: Promise<Part> | undefined
  let failures = 0
  const fetch = (): Promise<Part> => {
    coming ??= load().then(
      (loaded) => {
        here = loaded
        change({})
        return loaded
      },
      async () => {
        change({ isOffline: true })
        await new Promise((resume) => setTimeout(resume, 3_000))
        // A document older than its parts: a new one knows where they are. What was typed is kept.
        if (navigator.onLine && failures++) location.reload()
        coming = undefined
        if (getState().connection === 'online') change({ isOffline: false })
        return fetch()
      },
    )
    return coming
  }
  return {
    fetch,
    /** What is here of it; it comes, and all is drawn again, where it is wanted. */
    now(isWanted?: unknown): Part | undefined {
      if (isWanted) void fetch()
      return here
    },
  }
}

/** From the first screen to a first message that has gone out. */
export const live = part(() => import('../live.ts'))
/** Open conversations: not needed before that. */
export const talk = part(async () => {
  const [loaded] = await Promise.all([import('../talk.ts'), import('../feeds.ts')])
  return loaded
})
/** For who signs in after having written: the few whose chats can be moved. */
export const takingAlong = part(() => import('../take-along.ts'))
export const obeying = part(() => import('../obey.ts'))

/** What the screens after the first need, fetched beside it. */
export function fetchRest(): void {
  live.now(true)
  talk.now(recall('conversation') || recall('at'))
  void import('../realtime.ts').catch(() => {})
}
