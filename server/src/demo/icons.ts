import { type Markup, trusted } from './markup.ts'

const shapes = {
  search: '<circle cx="9" cy="9" r="5.5"/><path d="m13 13 4 4"/>',
  person: '<circle cx="10" cy="6.5" r="3"/><path d="M3.5 17c.4-3.4 3-5.5 6.5-5.5s6.100 2.100 6.500 5.500"/>',
  shop: '<path d="M3.500 8.500V16.500h13V8.500M2.500 7l1.500-3.500h12L17.500 7c0 1.200-1 2-2.100 2s-1.900-.8-1.900-2c0 1.200-.8 2-1.800 2S10 8.200 10 7c0 1.200-.8 2-1.800 2S6.400 8.200 6.400 7c0 1.200-.8 2-1.900 2s-2-.8-2-2ZM8 16.500v-4h4v4"/>',
  box: '<path d="m10 2.500 6.500 3.500v8L10 17.500 3.500 14V6L10 2.500ZM3.500 6l6.500 3.500L16.500 6M10 9.500v8"/>',
  circle: '<circle cx="10" cy="10" r="7"/><path d="m7 10 2.200 2.200L13.200 8"/>',
  star: '<path fill="currentColor" stroke="none" d="m10 2.200 2.400 4.900 5.400.8-3.900 3.800.9 5.400L10 14.500l-4.800 2.600.9-5.400L2.200 7.900l5.400-.8L10 2.200Z"/>',
  truck:
    '<path d="M2 5h9.500v8.500H2zM11.500 8h3.700L18 10.800v2.700h-6.500"/><circle cx="5.500" cy="14.500" r="1.700"/><circle cx="14.500" cy="14.500" r="1.700"/>',
  back: '<path d="M7.500 3.500 4 7l3.500 3.500M4 7h7.500a4.500 4.500 0 0 1 0 9H8"/>',
  card: '<rect x="2.500" y="4.500" width="15" height="11" rx="2"/><path d="M2.500 8.500h15M5.500 12.500h3"/>',
  check: '<path d="m4 10.500 4 4 8-9"/>',
  chat: '<path d="M3 4.500h9.500a1.500 1.500 0 0 1 1.500 1.500v4.500a1.500 1.500 0 0 1-1.500 1.500H7l-3 2.500V12H3a1.500 1.500 0 0 1-1.500-1.500V6A1.500 1.500 0 0 1 3 4.500ZM16.500 8H17a1.500 1.500 0 0 1 1.500 1.500V14a1.500 1.500 0 0 1-1.500 1.500h-.5V18l-3-2.500h-3"/>',
  right: '<path d="m8 4.500 5.500 5.500L8 15.500"/>',
  close: '<path d="m5 5 10 10M15 5 5 15"/>',
  alert: '<circle cx="10" cy="10" r="7.500"/><path d="M10 6v4.500M10 13.700v.1"/>',
} as const

/** Drawn beside words that say the same, so assistive technology skips it. */
export function icon(name: keyof typeof shapes, size = 20): Markup {
  return trusted(
    `<svg class="icon" width="${size}" height="${size}" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shapes[name]}</svg>`,
  )
}
