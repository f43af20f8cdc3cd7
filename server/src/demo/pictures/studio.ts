/** The studio every product stands in: warm wall, table, soft light from the left. */

type Box = { width: number; height: number; horizon: number }
type Stop = readonly [offset: number, color: string, opacity?: number]

function stops(list: readonly Stop[]): string {
  return list
    .map(
      ([offset, color, opacity]) =>
        `<stop offset="${offset}" stop-color="${color}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
    )
    .join('')
}

export function across(id: string, list: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stops(list)}</linearGradient>`
}

export function down(id: string, list: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops(list)}</linearGradient>`
}

export function around(id: string, list: readonly Stop[]): string {
  return `<radialGradient id="${id}">${stops(list)}</radialGradient>`
}

export function backdrop({ width, height, horizon }: Box): string {
  return `<defs>${down('wall', [
    [0, '#efe7da'],
    [1, '#e0d3be'],
  ])}${down('table', [
    [0, '#d3c1a2'],
    [1, '#bfa67f'],
  ])}<radialGradient id="light" cx=".28" cy=".2" r=".75">${stops([
    [0, '#fffaf0', 0.75],
    [1, '#fffaf0', 0],
  ])}</radialGradient>${around('shade', [
    [0, '#4a3414', 0.5],
    [0.55, '#4a3414', 0.24],
    [1, '#4a3414', 0],
  ])}</defs><rect width="${width}" height="${horizon}" fill="url(#wall)"/><rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#table)"/><rect width="${width}" height="${height}" fill="url(#light)"/>`
}

/** Falls to the right, away from the light, and darkest where the thing touches the table. */
export function shadow(halfWidth: number): string {
  return `<ellipse cx="${halfWidth * 0.22}" cy="2" rx="${halfWidth * 1.5}" ry="${halfWidth * 0.24}" fill="url(#shade)"/><ellipse cx="4" cy="-1" rx="${halfWidth * 1.05}" ry="${halfWidth * 0.12}" fill="url(#shade)"/>`
}

/** The same seed always sprinkles the same way, so the files and their hashes are stable. */
export function speckle(
  seed: number,
  amount: number,
  area: readonly [x: number, y: number, width: number, height: number],
  color = '#7d6f5b',
): string {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const [x, y, width, height] = area
  return Array.from({ length: amount }, () => {
    const cx = (x + next() * width).toFixed(1)
    const cy = (y + next() * height).toFixed(1)
    const radius = (0.7 + next() ** 3 * 2.4).toFixed(1)
    return `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${color}" opacity="${(0.35 + next() * 0.4).toFixed(2)}"/>`
  }).join('')
}

export function place(drawing: string, x: number, y: number, scale = 1): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})">${drawing}</g>`
}
