import { parseSync, Visitor } from 'vite'

/** What is taken out of one file of a library, or said there as the constant that it always is. */
export interface Cuts {
  /** Methods nobody here calls: a bundler cannot leave out a method of a class. */
  methods?: string
  /** Methods only polling needs: they come with it, and until then stands what WebSocket needs of them. */
  polling?: Record<string, string>
  /** Code as it stands there, however it is broken into lines, and what stands for it; nothing where that is left out. */
  code?: [official: string, ours?: string][]
}

/** Stops the build where the library has changed its shape: then the list must be looked at again. */
export function trim(official: string, { code = [], methods = '', polling = {} }: Cuts) {
  let whole = withoutComments(official)
  for (const [text, ours = ''] of code) {
    const onAnyLines = new RegExp((text.match(/\w+|[^\w\s]/g) ?? []).map(literal).join('\\s*'), 'g')
    if (whole.search(onAnyLines) < 0) throw new Error(`The library has no ${text} to cut`)
    whole = whole.replace(onAnyLines, () => ours)
  }
  const gone = Object.fromEntries(methods.split(/\s+/).map((name) => [name, '']))
  return takeMethods(whole, methods ? { ...gone, ...polling } : polling)
}

/** What is left, and each method taken as it stood there; in its place what stands for it. */
function takeMethods(code: string, instead: Record<string, string>) {
  const taken: Record<string, string> = {}
  let left = ''
  let end = 0
  new Visitor({
    MethodDefinition({ key, start, end: after }) {
      const name = key.type === 'Identifier' ? key.name : ''
      if (!Object.hasOwn(instead, name)) return
      const ours = instead[name]
      taken[name] = code.slice(start, after)
      left += code.slice(end, start) + (ours && name + ours)
      end = after
    },
  }).visit(parseSync('library.js', code).program)
  const missing = Object.keys(instead).filter((name) => !(name in taken))
  if (missing.length > 0) throw new Error(`The library has no ${missing.join(', ')} to leave out`)
  return { code: left + code.slice(end), taken }
}

function withoutComments(code: string): string {
  return parseSync('library.js', code).comments.reduceRight(
    (left, { start, end }) => left.slice(0, start) + left.slice(end),
    code,
  )
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
