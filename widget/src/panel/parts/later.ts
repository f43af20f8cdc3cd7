import { change, getState } from '../state.ts'

/** Code that comes after the first screen; asked for again until it is there. */
function part<Part>(load: () => Promise<Part>) {
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
  return { now: () => here, fetch }
}

export const live = part(() => import('../live.ts'))
export const form = part(() => import('../form.ts'))

/** What the screens after the first need, fetched beside it. */
export function fetchRest(): void {
  void form.fetch()
  void live.fetch()
  void import('../realtime.ts').catch(() => {})
}
