import type { PageState } from '../channel.ts'
import { root } from './launcher.ts'
import { site } from './site.ts'

const { chatOrigin, key, name } = site

export type Heard = Record<string, (one: unknown, other: unknown) => void>

export let frame: HTMLIFrameElement | undefined
export let port: MessagePort | undefined

export function mount(): void {
  frame = document.createElement('iframe')
  frame.sandbox =
    'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'
  frame.referrerPolicy = 'origin'
  frame.title = `Chat with ${name}`
  frame.src = `${chatOrigin}/w/${key}/panel`
  root.append(frame)
}

export function unmount(): void {
  port?.close()
  frame?.remove()
  port = frame = undefined
}

export function tell(state: PageState): void {
  port?.postMessage(state)
}

/** Only our own frame, from the chat's exact origin, is given a channel; a reloaded frame gets a new one. */
export function greet({ source, origin, data }: MessageEvent, heard: Heard): void {
  const panel = frame?.contentWindow
  if (!panel || source !== panel || origin !== chatOrigin || data !== 'parley:hello') return
  const channel = new MessageChannel()
  port = channel.port1
  port.onmessage = (event) => heard[event.data?.[0]]?.(event.data[1], event.data[2])
  panel.postMessage('parley:channel', chatOrigin, [channel.port2])
}
