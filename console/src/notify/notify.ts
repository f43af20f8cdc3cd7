import { preferences } from '../preferences.ts'

let audio: AudioContext | null = null
let latest: OscillatorNode | undefined

/** Two soft tones, made here: no file to load, nothing to license. */
export function playSound(): void {
  // A page that has not been touched yet may not sound; then it stays silent.
  if (!preferences.hasSound.current.peek() || navigator.userActivation?.hasBeenActive === false) return
  try {
    audio ??= new AudioContext()
    void audio.resume()
    tone(audio, 660, 0)
    restsAfter(audio, tone(audio, 880, 0.12))
  } catch {
    audio = null
  }
}

/** An open way to the loudspeaker costs power for as long as it is open, tone or none. */
function restsAfter(context: AudioContext, swing: OscillatorNode): void {
  latest = swing
  swing.onended = () => {
    if (latest === swing) void context.suspend()
  }
}

function tone(context: AudioContext, hertz: number, afterSeconds: number): OscillatorNode {
  const start = context.currentTime + afterSeconds
  const swing = context.createOscillator()
  const loudness = context.createGain()
  swing.frequency.value = hertz
  loudness.gain.setValueAtTime(0.0001, start)
  loudness.gain.exponentialRampToValueAtTime(0.12, start + 0.02)
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.28)
  swing.connect(loudness).connect(context.destination)
  swing.start(start)
  swing.stop(start + 0.3)
  return swing
}

/** Only after a click: browsers refuse, and people resent, a question out of the blue. */
export async function askForNotifications(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false
  if (Notification.permission !== 'default') return Notification.permission === 'granted'
  return (await Notification.requestPermission()) === 'granted'
}

export function showNotification(title: string, body: string, tag: string, onClick: () => void): void {
  if (!preferences.hasDesktopNotifications.current.peek()) return
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  try {
    const notification = new Notification(title, { body, tag, icon: '/console/icon-192.png' })
    notification.onclick = () => {
      window.focus()
      notification.close()
      onClick()
    }
  } catch {
    // Android shows them only from a service worker; sound and title still tell.
  }
}
