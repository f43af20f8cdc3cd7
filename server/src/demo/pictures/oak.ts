import { across, around, down, shadow } from './studio.ts'

const shades = `<defs>${across('oak', [
  [0, '#8f6438'],
  [0.3, '#d3a671'],
  [0.65, '#bd8c56'],
  [1, '#7d542d'],
])}${down('oak-top', [
  [0, '#c69761'],
  [1, '#e3bd8b'],
])}${across('metal', [
  [0, '#8a6529'],
  [0.28, '#f3dca6'],
  [0.5, '#cda356'],
  [1, '#76551f'],
])}${around('glow', [
  [0, '#fff1c4', 0.95],
  [0.4, '#ffe6a6', 0.4],
  [1, '#ffe6a6', 0],
])}${down('beam', [
  [0, '#ffefc0', 0.7],
  [1, '#ffefc0', 0],
])}</defs>`

/** The lit side is drawn by the lamp itself, so it may stand in any scene. */
export function lamp(): string {
  return `${shades}${shadow(104)}<path d="M22-352L-70 6H238L150-352Z" fill="url(#beam)" opacity=".55"/><path d="M-104-26V-10A104 21 0 0 0 104-10V-26Z" fill="url(#oak)"/><ellipse cy="-26" rx="104" ry="21" fill="url(#oak-top)"/><path d="M-80-28C-40-18 40-18 80-28M-60-34C-20-28 30-28 66-34" fill="none" stroke="#a87740" stroke-width="1.500" opacity=".6"/><path d="M104-14C170-6 220-20 268-2" fill="none" stroke="#7b6a50" stroke-width="4" stroke-linecap="round"/><ellipse cx="-58" cy="-30" rx="17" ry="5" fill="#8a6529"/><rect x="-63.500" y="-428" width="11" height="400" fill="url(#metal)"/><path d="M-58-428C-58-470-20-478 20-462L66-444" fill="none" stroke="#cda356" stroke-width="10" stroke-linecap="round"/><circle cx="-58" cy="-428" r="11" fill="#b98d42"/><circle cx="86" cy="-354" r="150" fill="url(#glow)" opacity=".8"/><ellipse cx="86" cy="-352" rx="78" ry="15" fill="#fff4d0"/><path d="M8-352C10-420 44-456 86-456C128-456 162-420 164-352A78 15 0 0 1 8-352Z" fill="url(#metal)"/><path d="M8-352A78 15 0 0 0 164-352" fill="none" stroke="#fbe7b4" stroke-width="2.500"/><rect x="74" y="-470" width="24" height="18" rx="6" fill="#a87f38"/>`
}

export function stool(): string {
  const leg = (top: number, foot: number, ground: number) =>
    `<path d="M${top - 15}-290H${top + 15}L${foot + 11} ${ground}Q${foot} ${ground + 5} ${foot - 11} ${ground}Z" fill="url(#oak)"/>`
  return `${shades}${shadow(150)}${leg(20, 34, -26)}<path d="M-112-112L118-112" stroke="#9b6d3e" stroke-width="13" stroke-linecap="round"/>${leg(-92, -138, 0)}${leg(100, 146, 0)}<path d="M-156-316V-296A156 35 0 0 0 156-296V-316Z" fill="url(#oak)"/><ellipse cy="-316" rx="156" ry="35" fill="url(#oak-top)"/><path d="M-130-324C-60-310 60-310 130-324M-146-314C-70-296 70-296 146-314M-110-334C-50-326 50-326 110-334M-100-302C-40-290 40-290 100-302" fill="none" stroke="#a87740" stroke-width="1.800" opacity=".5"/><g fill="#8f6438" opacity=".75"><ellipse cx="-86" cy="-318" rx="11" ry="3.500"/><ellipse cx="88" cy="-318" rx="11" ry="3.500"/><ellipse cx="16" cy="-334" rx="10" ry="3"/></g>`
}
