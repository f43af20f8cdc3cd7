type Listener = (value?: unknown) => void

let listeners: [name: string, listener: Listener, isOnce: boolean][] = []

export function on(name: string, listener: Listener, isOnce = false): void {
  listeners.push([name, listener, isOnce])
}

/** Without a listener: all of that name. Without a name: all. */
export function off(name?: string, listener?: Listener): void {
  listeners = listeners.filter((entry) => (name && entry[0] !== name) || (listener && entry[1] !== listener))
}

/** A fault in the page's own listener is the page's: reported there, and neither the others nor the chat notice. */
export function emit(name: string, value?: unknown): void {
  for (const [heard, listener, isOnce] of listeners)
    if (heard === name) {
      if (isOnce) off(name, listener)
      queueMicrotask(() => listener(value))
    }
}
