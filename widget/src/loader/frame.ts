import type { ToPanel } from '../channel.ts'
import { root } from './launcher.ts'
import { site } from './site.ts'

const { chatOrigin, key, branding } = site

export let frame: HTMLIFrameElement | undefined
let port: MessagePort | undefined

export function tell<K extends keyof ToPanel>(name: K, value: ToPanel[K]): void {
  port?.postMessage([name, value])
}

export function mount(): HTMLIFrameElement {
  frame = document.createElement('iframe')
  frame.setAttribute(
    'sandbox',
    'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads',
  )
  frame.referrerPolicy = 'origin'
  frame.allow = ''
  frame.title = `Chat with ${branding.name}`
  frame.src = `${chatOrigin}/w/${key}/panel`
  root.append(frame)
  return frame
}

export function unmount(): void {
  port?.close()
  frame?.remove()
  port = frame = undefined
}

/** Only our own frame, from the chat's exact origin, is given a channel; a reloaded frame gets a new one. */
export function greet(
  event: MessageEvent,
  hear: (name: unknown, value: unknown) => void,
  start: () => ToPanel['start'],
): void {
  const panel = frame?.contentWindow
  if (!panel || event.source !== panel || event.origin !== chatOrigin || event.data !== 'parley:hello') return
  const channel = new MessageChannel()
  port = channel.port1
  port.onmessage = ({ data }) => Array.isArray(data) && hear(data[0], data[1])
  panel.postMessage('parley:channel', chatOrigin, [channel.port2])
  tell('start', start())
}
