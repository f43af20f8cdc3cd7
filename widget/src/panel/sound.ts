import { keep, recall } from './state.ts'

/**
 * A browser lets it sound only where it was made while the person did something. It runs for as long as a tone takes: one
 * that runs and says nothing keeps a phone's loudspeaker, and so its battery, at work.
 */
export let sound: AudioContext | undefined

/** Off until this person has written once, then on until switched off; remembered. */
export const isSoundOn = () => recall('sound') === 'on'

export function hasWritten(): void {
  recall('sound') ?? keep('sound', 'on')
  if (sound) return
  sound = new AudioContext()
  sound.suspend()
}
