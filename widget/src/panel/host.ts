import { fromPage, type PageState, type ToHost } from '../channel.ts'

let port: MessagePort | undefined

export function tellHost<K extends keyof ToHost>(name: K, ...values: ToHost[K]): void {
  port?.postMessage([name, ...values])
}

/** The exact origin of the page around us: what the frame was asked for from. */
function hostOrigin(): string | undefined {
  const [ancestor] = location.ancestorOrigins ?? []
  if (ancestor) return ancestor
  return document.referrer ? new URL(document.referrer).origin : undefined
}

/** Asks the page for a channel; only the page around us, at its exact origin, can open one. */
export function meetHost(hear: (state: PageState) => void): void {
  const origin = hostOrigin()
  if (!origin || parent === window) return
  addEventListener('message', (event) => {
    const [given] = event.ports
    if (event.source !== parent || event.origin !== origin || event.data !== 'parley:channel' || !given)
      return
    port = given
    port.onmessage = ({ data }) => {
      const state = fromPage(data)
      if (state) hear(state)
    }
    tellHost('state')
  })
  parent.postMessage('parley:hello', origin)
}
