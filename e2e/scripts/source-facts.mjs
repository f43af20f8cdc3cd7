import { parseSync } from 'vite'

/**
 * @typedef {object} Import
 * @property {string} from
 * @property {boolean} isTypeOnly
 * @property {number} line
 *
 * @typedef {object} Use
 * @property {'environment' | 'clock' | 'chance' | 'sql' | 'outbound'} of
 * @property {string} text
 * @property {number} line
 *
 * @typedef {{ imports: Import[], uses: Use[] }} SourceFacts
 * @typedef {{ type: string, start: number } & Record<string, unknown>} Node
 */

const chance = new Set(['randomBytes', 'randomUUID', 'randomInt', 'getRandomValues', 'randomFillSync'])
const statement =
  /^\s*(select\s[\s\S]*\sfrom\s|insert into\s|update\s+\w+\s+set\s|delete from\s|with\s+\w+\s+as\s*\()/

/**
 * What a file takes from others and from the outside, read from its syntax and not from its letters.
 * @param {string} path
 * @param {string} text
 * @returns {SourceFacts}
 */
export function sourceFacts(path, text) {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`)
  /** @type {SourceFacts} */
  const facts = { imports: [], uses: [] }
  /** @param {Node} node */
  const lineOf = (node) => text.slice(0, node.start).split('\n').length

  /** @param {unknown} value */
  function visit(value) {
    if (Array.isArray(value)) {
      for (const item of value) visit(item)
      return
    }
    if (!isNode(value)) return
    const taken = importOf(value)
    if (taken) facts.imports.push({ ...taken, line: lineOf(value) })
    const use = useOf(value)
    if (use) facts.uses.push({ ...use, line: lineOf(value) })
    for (const child of Object.values(value)) visit(child)
  }
  visit(program)
  return facts
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
const isNode = (value) => typeof value === 'object' && value !== null && 'type' in value

/** @param {unknown} value */
const nameOf = (value) => (isNode(value) && value.type === 'Identifier' ? String(value.name) : undefined)

/** @param {unknown} value */
function textOf(value) {
  if (!isNode(value)) return undefined
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value
  if (value.type !== 'TemplateLiteral') return undefined
  const quasis = /** @type {{ value: { cooked: string } }[]} */ (value.quasis)
  return quasis.map((quasi) => quasi.value.cooked).join('$')
}

/** @param {Node} node */
function importOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      const from = textOf(node.source)
      return from === undefined
        ? undefined
        : { from, isTypeOnly: node.importKind === 'type' || node.exportKind === 'type' }
    }
    case 'ImportExpression':
    case 'TSImportType': {
      const from = textOf(node.source)
      return from === undefined ? undefined : { from, isTypeOnly: node.type === 'TSImportType' }
    }
    default:
      return undefined
  }
}

/**
 * @param {Node} node
 * @returns {Omit<Use, 'line'> | undefined}
 */
function useOf(node) {
  if (node.type === 'MemberExpression') {
    const whole = `${nameOf(node.object)}.${nameOf(node.property)}`
    if (whole === 'process.env') return { of: 'environment', text: whole }
    if (whole === 'Date.now') return { of: 'clock', text: 'Date.now()' }
    if (whole === 'Math.random') return { of: 'chance', text: 'Math.random()' }
  }
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date') {
    const isNow = Array.isArray(node.arguments) && node.arguments.length === 0
    return isNow ? { of: 'clock', text: 'new Date()' } : undefined
  }
  if (node.type === 'CallExpression') {
    const callee = isNode(node.callee) ? node.callee : undefined
    const called = nameOf(callee) ?? nameOf(callee?.property)
    const isGlobal = nameOf(callee) !== undefined || nameOf(callee?.object) === 'globalThis'
    if (called === 'fetch' && isGlobal) return { of: 'outbound', text: 'fetch()' }
    if (called && chance.has(called)) return { of: 'chance', text: `${called}()` }
    const asked = Array.isArray(node.arguments) ? textOf(node.arguments[0]) : undefined
    if (called === 'query' && callee?.type === 'MemberExpression' && asked !== undefined) {
      return { of: 'sql', text: firstWords(asked) }
    }
  }
  const speaking = speaksHttp(node)
  if (speaking !== undefined) return { of: 'outbound', text: speaking }
  const text = textOf(node)
  return text !== undefined && statement.test(text) ? { of: 'sql', text: firstWords(text) } : undefined
}

/**
 * To serve, `createServer` and types are enough; whatever else is taken from these can ask somebody.
 * @param {Node} node
 */
function speaksHttp(node) {
  const isStatic = node.type === 'ImportDeclaration' || node.type === 'ExportNamedDeclaration'
  if (!isStatic && node.type !== 'ImportExpression' && node.type !== 'ExportAllDeclaration') return undefined
  const from = textOf(node.source)
  if (from === undefined || !/^((node:)?(http|https|http2)|undici|axios|got|node-fetch)$/.test(from))
    return undefined
  if (node.importKind === 'type' || node.exportKind === 'type') return undefined
  const taken = isStatic && Array.isArray(node.specifiers) ? node.specifiers : [undefined]
  const harmless = taken.every(
    (one) => one?.importKind === 'type' || nameOf(one?.imported) === 'createServer',
  )
  return harmless ? undefined : from
}

/** @param {string} text */
const firstWords = (text) => text.trim().split(/\s+/).slice(0, 3).join(' ')
