import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript-api'
import { root } from './root.mjs'

/** @typedef {Record<string, unknown>} Schema */

/**
 * What every command answers, as JSON schemas read off the types that client and server are compiled against.
 * Types with a name become a schema with that name.
 * @param {string} root
 * @returns {{ answers: Record<string, Schema>, schemas: Record<string, Schema> }}
 */
export function describeAnswers(root) {
  const source = join(root, 'shared/src/protocol/answers.ts')
  const program = ts.createProgram([source], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(source)
  const module = file && checker.getSymbolAtLocation(file)
  const exported = module && checker.getExportsOfModule(module).find(({ name }) => name === 'Answers')
  if (!file || !exported) throw new Error('The answers could not be found in shared/src/protocol/answers.ts.')

  /** @type {Record<string, Schema>} */
  const schemas = {}
  /** @type {Map<ts.Type, string>} */
  const names = new Map()

  /**
   * @param {ts.Type} type
   * @returns {Schema}
   */
  function schemaOf(type) {
    const name = nameOf(type)
    // Of two types with one name the second is written out where it stands.
    if (name === undefined || (name in schemas && !names.has(type))) return shapeOf(type)
    if (!names.has(type)) {
      names.set(type, name)
      schemas[name] = {}
      schemas[name] = shapeOf(type)
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  /**
   * Only shapes get a name of their own: words and numbers are clearer in place.
   * @param {ts.Type} type
   */
  function nameOf(type) {
    const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined)
    const isOurs = symbol?.declarations?.some((node) =>
      node.getSourceFile().fileName.includes('/shared/src/'),
    )
    const isPlain =
      !type.aliasTypeArguments?.length && (type.flags & ts.TypeFlags.Object || isUnionOfShapes(type))
    return isOurs && isPlain && symbol ? symbol.name : undefined
  }

  /** @param {ts.Type} type */
  function isUnionOfShapes(type) {
    return type.isUnion() && type.types.every(({ flags }) => flags & ts.TypeFlags.Object)
  }

  /**
   * @param {ts.Type} type
   * @returns {Schema}
   */
  function shapeOf(type) {
    const { flags } = type
    if (flags & ts.TypeFlags.Null) return { type: 'null' }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' }
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' }
    if (type.isUnion()) return unionOf(type.types)
    // An id is a string with a brand that no answer carries.
    if (type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.StringLike))
      return { type: 'string' }
    if (flags & ts.TypeFlags.Unknown) return {}
    if (checker.isArrayType(type) || checker.isTupleType(type)) {
      const items = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type)).map(schemaOf)
      return { type: 'array', items: items.length === 1 ? items[0] : { anyOf: items } }
    }
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectOf(type)
    throw new Error(`An answer holds what JSON cannot: ${checker.typeToString(type)}.`)
  }

  /**
   * @param {ts.Type[]} members
   * @returns {Schema}
   */
  function unionOf(members) {
    const parts = members.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
    // In an order of their own: the compiler's changes with files that have nothing to do with it.
    const values = parts
      .flatMap((part) => (part.isStringLiteral() || part.isNumberLiteral() ? [part.value] : []))
      .sort()
    const truths = parts.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral)
    const others = parts.filter(
      (part) => !part.isStringLiteral() && !part.isNumberLiteral() && !truths.includes(part),
    )
    const schemas = others.map(schemaOf).sort(byText)
    if (values.length > 0) schemas.unshift({ enum: values })
    if (truths.length === 2) schemas.unshift({ type: 'boolean' })
    else schemas.unshift(...truths.map(schemaOf))
    return schemas.length === 1 && schemas[0] ? schemas[0] : { anyOf: schemas }
  }

  /**
   * @param {ts.Type} type
   * @returns {Schema}
   */
  function objectOf(type) {
    /** @type {Record<string, Schema>} */
    const properties = {}
    /** @type {string[]} */
    const required = []
    for (const symbol of checker.getPropertiesOfType(type)) {
      const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0
      const described = ts.displayPartsToString(symbol.getDocumentationComment(checker))
      const schema = schemaOf(checker.getTypeOfSymbol(symbol))
      properties[symbol.name] = described === '' ? schema : { ...schema, description: described }
      if (!isOptional) required.push(symbol.name)
    }
    const index = checker.getIndexInfosOfType(type)[0]
    return {
      type: 'object',
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      ...(required.length === 0 ? {} : { required }),
      ...(index && !(index.type.flags & ts.TypeFlags.Never)
        ? { additionalProperties: schemaOf(index.type) }
        : {}),
    }
  }

  const answers = Object.fromEntries(
    checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(exported))
      .map((symbol) => [symbol.name, schemaOf(checker.getTypeOfSymbol(symbol))]),
  )
  return { answers, schemas }
}

/**
 * @param {Schema} one
 * @param {Schema} other
 */
function byText(one, other) {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1
}

const kept = 'server/src/http/answers.json'

/**
 * Kept in the repository, so that the server needs no compiler; a name on each line, so that changes can be read.
 * @param {string} root
 */
export function answersText(root) {
  const { answers, schemas } = describeAnswers(root)
  const block = (/** @type {Record<string, Schema>} */ named) =>
    Object.keys(named)
      .sort()
      .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(named[name])}`)
      .join(',\n')
  return `{"answers": {\n${block(answers)}\n},\n"schemas": {\n${block(schemas)}\n}}\n`
}

/** @param {string} root */
export function checkAnswers(root) {
  const isCurrent = readFileSync(join(root, kept), 'utf8') === answersText(root)
  return isCurrent ? [] : [`${kept} is not what the types say. Run: npm run describe`]
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, kept), answersText(root))
