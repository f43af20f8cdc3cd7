import type { PageState } from '../channel.ts'
import { page, root } from './launcher.ts'
import { site } from './site.ts'

export type Heard = Record<string, (one: string, other: string) => void>

export let frame: HTMLIFrameElement | undefined
export let port: MessagePort | undefined

export function mount(): void {
  frame = page.createElement('iframe')
  frame.sandbox =
    'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads'
  frame.referrerPolicy = 'origin'
  frame.title = `Chat with ${site.name}`
  frame.src = `${site.base}/panel`
  root.append(frame)
}

export function unmount(): void {
  port?.close()
  frame?.remove()
  port = frame = undefined
}

export function tell(...state: PageState): void {
  port?.postMessage(state)
}

/** Only our own frame, from the chat's exact origin (the base is that and a path), gives a channel; a reloaded frame gives a new one. */
export function greet({ source, origin, data, ports }: MessageEvent, heard: Heard): void {
  if (source !== frame?.contentWindow || !site.base.startsWith(`${origin}/`) || data !== 'parley:hello')
    return
  port = ports[0] as MessagePort
  port.onmessage = ({ data: [what, one, other] }) => heard[what]?.(one, other)
}
