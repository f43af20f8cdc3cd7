import { Component, type ComponentChildren, Fragment, h, options, render, type VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'

type Named = { name: string; children?: ComponentChildren }

// Effects in an order that no frame rate has a say in.
Object.assign(options, { requestAnimationFrame: (run: () => void) => setTimeout(run) })
const pause = () => new Promise<void>((done) => setTimeout(done))

let told: string[] = []
let changes: (() => void)[] = []

class Mounted extends Component<Named, { count: number }> {
  override state = { count: 0 }

  override componentDidMount() {
    told.push(`mounted ${this.props.name}`)
    changes.push(() => this.setState({ count: this.state.count + 1 }, () => told.push('changed')))
  }

  override componentWillUnmount() {
    told.push(`unmounted ${this.props.name}`)
  }

  override render({ name, children }: Named) {
    return h('section', { class: name, 'data-count': this.state.count }, children)
  }
}

function Hooked({ name, children }: Named) {
  const [count, setCount] = useState(0)
  const element = useRef<HTMLElement>(null)
  const title = useMemo(() => name + count, [name, count])
  useLayoutEffect(() => {
    told.push(`laid out ${title} ${element.current?.localName}`)
    return () => void told.push(`left ${title}`)
  }, [title])
  useEffect(() => {
    changes.push(() => setCount((before) => before + 1))
    return () => void told.push(`ended ${name}`)
  }, [name])
  const own = { ref: element, title }
  return count % 2 ? h(Fragment, null, h('i', own), children) : h('em', own, children, title)
}

/** Trees drawn one over the other: after each what stands there, which nodes stayed, and what was told. */
export async function drawAtRandom(seed: number): Promise<string[]> {
  const chance = chances(seed)
  const one = <T>(...of: T[]) => of[Math.floor(chance() * of.length)] as T
  const place = document.body.appendChild(document.createElement('div'))
  if (seed % 2) place.append(document.createElement('template'))
  const known = new Map<Node, number>()
  const shots: string[] = []
  told = []
  changes = []

  function tree(depth: number): ComponentChildren {
    const count = depth > 0 ? Math.floor(chance() * 6) : 0
    let children = Array.from({ length: count }, () => tree(depth - 1))
    if (chance() < 0.5) children = children.map((child, index) => keyed(child, (index + seed) % count))
    if (chance() < 0.2) children = [children]
    switch (Math.floor(chance() * 12)) {
      case 0:
        return one<ComponentChildren>(null, false, true, 0, 7, '', 'text')
      case 1:
        return h(Mounted, { name: one('a', 'b') }, ...children)
      case 2:
        return h(Hooked, { name: one('x', 'y') }, ...children)
      case 3:
        return h(Fragment, null, ...children)
      case 4:
        return h('input', {
          type: one('text', 'radio'),
          checked: one(true, false),
          value: one('1', undefined),
        })
      case 5:
        return h('textarea', { value: one('here', 'there'), rows: 2 })
      case 6:
        return h('progress', { max: 1, value: one(0, 0.5) })
      case 7:
        return h(
          'svg',
          { viewBox: '0 0 1 1', class: one('icon', 'small') },
          h('path', { d: one('M0 0', 'M1 1') }),
        )
      case 8:
        return h('button', {
          onClick: one(() => void told.push('clicked'), undefined),
          hidden: one(true, false),
        })
      default: {
        const look = { class: one('c', undefined), role: one('log', undefined), tabIndex: one(0, -1) }
        const ref = (node: Element | null) => void told.push(`ref ${node?.localName}`)
        return h(
          one('div', 'p', 'ul'),
          { ...look, 'aria-hidden': one(true, false), ref: one(ref, null) },
          ...children,
        )
      }
    }
  }

  function shoot(): void {
    const nodes = [...place.querySelectorAll('*')]
    for (const node of nodes) known.set(node, known.get(node) ?? known.size)
    const kept = nodes.map((node) => `${known.get(node)}${'value' in node ? `=${node.value}` : ''}`)
    shots.push([place.innerHTML, kept, told.splice(0)].join('\n'))
  }

  for (let round = 0; round < 6; round += 1) {
    render(h('main', null, tree(4), tree(3)), place)
    shoot()
    for (const button of place.querySelectorAll('button')) button.click()
    await pause()
    for (const change of changes.splice(0, 3)) change()
    await pause()
    shoot()
  }
  render(null, place)
  await pause()
  shoot()
  shots.push(drawnOfData(place))
  place.remove()
  return shots
}

/** What looks like a node and came as data is none. */
function drawnOfData(place: Element): string {
  try {
    render(h('p', null, JSON.parse('{"type":"b","props":{}}')), place)
  } catch {}
  return place.innerHTML
}

function keyed(child: ComponentChildren, key: number): ComponentChildren {
  const isNode =
    typeof child === 'object' && child !== null && 'props' in child && child.constructor !== Object
  return isNode ? { ...(child as VNode), key } : child
}

/** Mulberry32. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
