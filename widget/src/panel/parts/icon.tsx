/** Lines of the first screen; later parts bring their own. */
const paths: Partial<Record<IconName, string>> = {
  back: 'M12.5 4.5 7 10l5.5 5.5',
  next: 'M7.5 4.5 13 10l-5.5 5.5',
  close: 'm5 5 10 10M15 5 5 15',
  shop: 'M3.5 8 5 3.5h10L16.5 8M4.5 9.5v7h11v-7M8 16.5v-4h4v4M3.5 8a2.2 2.2 0 0 0 4.3 0 2.2 2.2 0 0 0 4.4 0 2.2 2.2 0 0 0 4.3 0z',
  support:
    'M4 12v-2a6 6 0 0 1 12 0v2M4 11h2v4H5a1 1 0 0 1-1-1zM16 11h-2v4h1a1 1 0 0 0 1-1zM15 15c0 1.5-2 2-4 2',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 6.5V10l2.5 1.5',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z',
  offline:
    'm3 3 14 14M2.5 8A11 11 0 0 1 6 5.7M17.5 8A11 11 0 0 0 9 4.6M5.5 11.2a7 7 0 0 1 3-1.7M14.5 11.2l-1-.7M10 15v.1',
}
export type IconName =
  | 'back'
  | 'next'
  | 'close'
  | 'shop'
  | 'support'
  | 'check'
  | 'clock'
  | 'moon'
  | 'offline'
  | LaterIcon
type LaterIcon = OpeningIcon | 'shield' | 'person' | 'double'
type OpeningIcon = 'alert' | 'bag' | 'send' | 'clip' | 'smile' | 'more'

export function addLines(more: Partial<Record<LaterIcon, string>>): void {
  Object.assign(paths, more)
}

export function Line({ d, flip, small }: { d: string | undefined; flip?: boolean; small?: boolean }) {
  return (
    <svg viewBox="0 0 20 20" class={`icon${flip ? ' flip' : ''}${small ? ' small' : ''}`} aria-hidden="true">
      <path d={d} />
    </svg>
  )
}
export function Icon({ name, small }: { name: IconName; small?: boolean }) {
  return <Line d={paths[name]} flip={name === 'back' || name === 'next'} small={small ?? false} />
}
