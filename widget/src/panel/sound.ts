import { keep, recall } from './state.ts'

/** A browser lets it sound only where it was made while the person did something. */
export let sound: AudioContext | undefined

/** Off until this person has written once, then on until switched off; remembered. */
export const isSoundOn = () => recall('sound') === 'on'

export function setSound(isOn: boolean): void {
  keep('sound', isOn ? 'on' : 'off')
}

export function hasWritten(): void {
  if (recall('sound') === undefined) setSound(true)
  sound ??= new AudioContext()
}
