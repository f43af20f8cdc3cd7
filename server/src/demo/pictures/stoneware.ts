import { across, down, shadow, speckle } from './studio.ts'

/** Every drawing stands on y = 0, centred on x = 0. */

const milk = across('milk', [
  [0, '#cfc4b0'],
  [0.12, '#eee7d9'],
  [0.38, '#fffcf4'],
  [0.66, '#f3ecdf'],
  [0.9, '#d6cbb6'],
  [1, '#c3b69e'],
])
const clay = across('clay', [
  [0, '#a06a42'],
  [0.3, '#cf9f75'],
  [0.62, '#bd8859'],
  [1, '#8d5a35'],
])
const slate = across('slate', [
  [0, '#3f5963'],
  [0.3, '#6f909c'],
  [0.6, '#577681'],
  [1, '#344b55'],
])
const inside = down('inside', [
  [0, '#8f806a'],
  [1, '#c2b59f'],
])
const deep = down('deep', [
  [0, '#2b3d45'],
  [1, '#4f6b76'],
])

const carafeShape =
  'M-90-262C-100-206-152-158-154-92C-155-42-122 0-72 0L72 0C122 0 155-42 154-92C152-158 100-206 90-262Z'
const dripperShape = 'M-150-440C-132-388-88-326-66-292L66-292C88-326 132-388 150-440A150 22 0 0 1-150-440Z'

function cone(): string {
  return `<path d="M104-404C176-440 214-392 178-352C158-330 122-332 88-334" fill="none" stroke="url(#milk)" stroke-width="25" stroke-linecap="round"/><path d="${dripperShape}" fill="url(#milk)"/><g clip-path="url(#cut-dripper)">${speckle(7, 46, [-150, -440, 300, 150])}</g><ellipse cy="-440" rx="150" ry="22" fill="#fbf7ee"/><ellipse cy="-439" rx="139" ry="17.500" fill="url(#inside)"/><path d="M-139-439a139 17.500 0 0 0 278 0c-20 14-80 19-139 19s-119-5-139-19Z" fill="#d9cfbd" opacity=".7"/>`
}

function shapes(): string {
  return `<defs>${milk}${clay}${slate}${inside}${deep}<clipPath id="cut-carafe"><path d="${carafeShape}"/></clipPath><clipPath id="cut-dripper"><path d="${dripperShape}"/></clipPath></defs>`
}

export function pourOver(): string {
  return `${shapes()}${shadow(158)}<path d="M104-226C196-250 214-122 132-66" fill="none" stroke="url(#clay)" stroke-width="26" stroke-linecap="round"/><path d="${carafeShape}" fill="url(#milk)"/><g clip-path="url(#cut-carafe)">${speckle(3, 84, [-155, -262, 310, 190])}<path d="M-160-88C-90-62 90-62 160-88V4H-160Z" fill="url(#clay)"/><path d="M-160-88C-90-62 90-62 160-88" fill="none" stroke="#fff8ea" stroke-width="2" opacity=".55"/></g><ellipse cy="-262" rx="90" ry="12" fill="#f4eee2"/><ellipse cy="-262" rx="82" ry="9" fill="url(#inside)"/><rect x="-98" y="-296" width="196" height="22" rx="11" fill="url(#clay)"/>${cone()}`
}

export function dripper(): string {
  return `${shapes()}${shadow(100)}<rect x="-98" y="-20" width="196" height="20" rx="10" fill="url(#clay)"/><g transform="translate(0 275)">${cone()}</g>`
}

export function bowl(): string {
  const shape = 'M-182-152C-178-62-118-16-66-8L66-8C118-16 178-62 182-152A182 26 0 0 1-182-152Z'
  return `${shapes()}<clipPath id="cut-bowl"><path d="${shape}"/></clipPath>${shadow(130)}<path d="M-66-12L-60 0Q0 6 60 0L66-12Z" fill="#3a5059"/><path d="${shape}" fill="url(#slate)"/><g clip-path="url(#cut-bowl)">${speckle(11, 58, [-182, -150, 364, 145], '#24363d')}<path d="M-182-112C-120-78 120-78 182-112" fill="none" stroke="#8fb0ba" stroke-width="1.500" opacity=".35"/></g><ellipse cy="-152" rx="182" ry="26" fill="#8dabb5"/><ellipse cy="-151" rx="171" ry="21.500" fill="url(#deep)"/><path d="M-171-151a171 21.500 0 0 0 342 0c-30 17-100 23-171 23s-141-6-171-23Z" fill="#6f8f9b" opacity=".6"/>`
}

function cup(glaze: 'milk' | 'slate', seed: number): string {
  const shape = 'M-66-196L-51-10Q-50 0-40 1Q0 6 40 1Q50 0 51-10L66-196A66 11 0 0 1-66-196Z'
  const [rim, hollow, dots] =
    glaze === 'milk' ? ['#fbf7ee', 'inside', '#7d6f5b'] : ['#8dabb5', 'deep', '#24363d']
  return `<clipPath id="cut-cup-${glaze}"><path d="${shape}"/></clipPath>${shadow(52)}<path d="${shape}" fill="url(#${glaze})"/><g clip-path="url(#cut-cup-${glaze})">${speckle(seed, 34, [-66, -190, 132, 190], dots)}</g><ellipse cy="-196" rx="66" ry="11" fill="${rim}"/><ellipse cy="-195.500" rx="59" ry="8" fill="url(#${hollow})"/>`
}

export function cups(): string {
  return `${shapes()}<g transform="translate(-84 0)">${cup('milk', 5)}</g><g transform="translate(84 8) scale(1.080)">${cup('slate', 9)}</g>`
}
