import { say } from '../i18n/words.ts'
import { tellHost } from './host.ts'
import { isSoundOn, sound } from './sound.ts'

const pauseMs = 10_000
const beatMs = 1_500
let lastAt = 0
let beat: ReturnType<typeof setInterval> | undefined

/** A message nobody is looking at: one soft tone, and the tab's title takes turns. */
export function call(name: string, unread: number): void {
  let isText = false
  const text = `${name}: ${say('newMessages', unread)}`
  clearInterval(beat)
  beat = setInterval(() => {
    isText = !isText
    tellHost('title', isText ? text : '')
  }, beatMs)
  if (!isSoundOn() || Date.now() - lastAt < pauseMs || !sound) return
  lastAt = Date.now()
  tone(sound)
}

export function quiet(): void {
  clearInterval(beat)
  beat = undefined
  tellHost('title', '')
}

function tone(context: AudioContext): void {
  void context.resume()
  const start = context.currentTime
  const gain = context.createGain()
  gain.gain.setValueAtTime(0.06, start)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.28)
  gain.connect(context.destination)
  const oscillator = context.createOscillator()
  oscillator.frequency.setValueAtTime(660, start)
  oscillator.frequency.setValueAtTime(880, start + 0.09)
  oscillator.connect(gain)
  oscillator.start(start)
  oscillator.stop(start + 0.28)
  oscillator.onended = () => context.suspend()
}
