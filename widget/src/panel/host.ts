import { fromPage, type Message, type ToHost, type ToPanel } from '../channel.ts'

let port: MessagePort | undefined

export function tellHost<K extends keyof ToHost>(name: K, value: ToHost[K]): void {
  port?.postMessage([name, value])
}

/** The exact origin of the page around us: what the frame was asked for from. */
function hostOrigin(): string | undefined {
  const [ancestor] = location.ancestorOrigins ?? []
  if (ancestor) return ancestor
  return document.referrer ? new URL(document.referrer).origin : undefined
}

/** Asks the page for a channel; only the page around us, at its exact origin, can open one. */
export function meetHost(hear: (message: Message<ToPanel>) => void): void {
  const origin = hostOrigin()
  if (!origin || parent === window) return
  addEventListener('message', (event) => {
    const [given] = event.ports
    if (event.source !== parent || event.origin !== origin || event.data !== 'parley:channel' || !given)
      return
    port = given
    port.onmessage = ({ data }) => {
      const message = fromPage(data)
      if (message) hear(message)
    }
  })
  parent.postMessage('parley:hello', origin)
}
