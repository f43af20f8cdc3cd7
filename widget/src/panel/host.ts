import { fromPage, type PageState, type ToHost } from '../channel.ts'

let port: MessagePort | undefined
const asking: (() => void)[] = []

export function tellHost<K extends keyof ToHost>(name: K, ...values: ToHost[K]): void {
  port?.postMessage([name, ...values])
}

/** Resolves when all is as the page has it now, with what other tabs have kept. */
export function hearAgain(): Promise<void> {
  tellHost('state')
  return new Promise((heard) => asking.push(heard))
}

/** The exact origin of the page around us: what the frame was asked for from. */
function hostOrigin(): string | undefined {
  const [ancestor] = location.ancestorOrigins ?? []
  if (ancestor) return ancestor
  return document.referrer ? new URL(document.referrer).origin : undefined
}

/** Gives the page around us, at its exact origin and nobody else, one end of a channel. */
export function meetHost(hear: (state: PageState) => void): void {
  const origin = hostOrigin()
  if (!origin || parent === window) return
  const { port1, port2 } = new MessageChannel()
  port = port1
  port.onmessage = ({ data }) => {
    const state = fromPage(data)
    if (!state) return
    hear(state)
    for (const heard of asking.splice(0)) heard()
  }
  parent.postMessage('parley:hello', origin, [port2])
  tellHost('state')
}
