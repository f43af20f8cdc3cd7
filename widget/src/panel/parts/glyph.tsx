import { Line } from './icon.tsx'

const lines = {
  send: 'M10 16V4.5M5 9l5-5 5 5',
  clip: 'm14.5 9.5-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.7 5.7a1 1 0 0 1-1.5-1.4l4.8-4.8',
  smile: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M7 11.5c.7 1.3 1.8 2 3 2s2.3-.7 3-2M7.5 8v.1M12.5 8v.1',
  more: 'M4.5 9.5a.5.5 0 1 0 .01 0M10 9.5a.5.5 0 1 0 .01 0M15.5 9.5a.5.5 0 1 0 .01 0',
  double: 'm2.5 10.5 3.5 3.5 6.5-7M9 13l1 1 7.5-8',
  down: 'M10 4v9M6 9.5l4 4 4-4M4.5 16.5h11',
  page: 'M6 3.5h5.5L15 7v9.5H6zM11 3.5V7.5h4',
  mail: 'M3 5.5h14v9H3zM3 6l7 5 7-5',
}
export function Glyph({ name, small = false }: { name: keyof typeof lines; small?: boolean }) {
  return <Line d={lines[name]} small={small} />
}
