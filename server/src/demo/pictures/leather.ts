import { across, down, shadow } from './studio.ts'

const shades = `<defs>${across('hide', [
  [0, '#6b371c'],
  [0.22, '#a5623a'],
  [0.55, '#93532e'],
  [1, '#5d2f18'],
])}${across('flap', [
  [0, '#7a4122'],
  [0.25, '#b87246'],
  [0.58, '#a45f36'],
  [1, '#6a371d'],
])}${across('strap', [
  [0, '#59301a'],
  [0.4, '#87502f'],
  [1, '#4e2814'],
])}${down('brass', [
  [0, '#f0d59a'],
  [0.5, '#c59a4c'],
  [1, '#8c6729'],
])}${down('hollow', [
  [0, '#351a0b'],
  [1, '#6a3a20'],
])}</defs>`

const stitch = 'fill="none" stroke="#e2bd92" stroke-width="1.8" stroke-dasharray="6 4.500" opacity=".8"'

function buckle(x: number): string {
  return `<g transform="translate(${x} 0)"><path d="M-15-168H15V-62Q15-46 0-46Q-15-46-15-62Z" fill="url(#strap)"/><path d="M-10-160V-62Q-10-52 0-52Q10-52 10-62V-160" ${stitch}/><rect x="-21" y="-112" width="42" height="34" rx="6" fill="none" stroke="url(#brass)" stroke-width="6"/><path d="M0-109V-80" stroke="#d8b267" stroke-width="4.500" stroke-linecap="round"/><circle cy="-62" r="3" fill="#351a0b"/></g>`
}

export function satchel(): string {
  return `${shades}${shadow(186)}<path d="M-158-206C-172-520 172-520 158-206" fill="none" stroke="url(#strap)" stroke-width="19"/><path d="M-152-212C-164-504 164-504 152-212" fill="none" stroke="#e2bd92" stroke-width="1.600" stroke-dasharray="6 4.500" opacity=".5"/><path d="M-178-222Q-178-240-160-240H160Q178-240 178-222L184-18Q184 0 166 0H-166Q-184 0-184-18Z" fill="url(#hide)"/><path d="M-170-100L-174-16Q-174-9-166-9H166Q174-9 174-16L170-100" ${stitch}/><path d="M-186-226Q-186-256-158-256H158Q186-256 186-226L182-122Q180-92 148-88L24-80Q0-78-24-80L-148-88Q-180-92-182-122Z" fill="#3a1c0c" opacity=".35" transform="translate(3 7)"/><path d="M-186-226Q-186-256-158-256H158Q186-256 186-226L182-122Q180-92 148-88L24-80Q0-78-24-80L-148-88Q-180-92-182-122Z" fill="url(#flap)"/><path d="M-176-226L-173-124Q-171-101-146-98L-24-90Q0-88 24-90L146-98Q171-101 173-124L176-226" ${stitch}/><path d="M-46-256C-46-292 46-292 46-256" fill="none" stroke="url(#strap)" stroke-width="14"/>${buckle(-98)}${buckle(98)}`
}

export function belt(): string {
  const layers = [140, 128, 116, 104, 92]
    .map(
      (radius, index) =>
        `<ellipse cy="-92" rx="${radius}" ry="${(radius * 0.3).toFixed(1)}" fill="${index % 2 === 0 ? '#b4784d' : '#5b3019'}"/>`,
    )
    .join('')
  return `${shades}${shadow(150)}<path d="M-150-92V-26A150 45 0 0 0 150-26V-92A150 45 0 0 1-150-92Z" fill="url(#hide)"/><path d="M-146-84A150 44 0 0 0 146-84M-146-24A150 43 0 0 0 146-24" ${stitch}/><ellipse cy="-92" rx="150" ry="45" fill="#6b3a20"/>${layers}<ellipse cy="-92" rx="82" ry="24" fill="url(#hollow)"/><path d="M-82-92a82 24 0 0 0 164 0c-20 12-50 16-82 16s-62-4-82-16Z" fill="#a5623a" opacity=".55"/><g transform="translate(6 20)"><rect x="-42" y="-78" width="66" height="76" rx="10" fill="none" stroke="url(#brass)" stroke-width="10"/><path d="M-42-40H32" stroke="#d8b267" stroke-width="7" stroke-linecap="round"/><path d="M46-70Q52-38 46-10" fill="none" stroke="#4e2814" stroke-width="12" stroke-linecap="round"/></g>`
}
