import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { circlesOf } from './circles.mjs'
import { filesOf } from './files.mjs'
import { sourceFacts } from './source-facts.mjs'

/**
 * @typedef {import('./source-facts.mjs').SourceFacts} SourceFacts
 * @typedef {{ path: string, workspace: string, domain: string | undefined, isTest: boolean, facts: SourceFacts }} Source
 */

const workspaces = ['shared', 'server', 'widget', 'console']
/** Folders of the server that are ground, not domains. */
const ground = new Set(['app', 'storage', 'cluster', 'http', 'realtime', 'widget', 'demo', 'testing'])

const mayHoldSql = /^server\/src\/(storage\/.+|app\/audit\.ts|.*\/([\w-]+-)?(store|log)\.ts)$/
/** The programs only hand it to config.ts. */
const mayReadEnvironment = /^server\/src\/(config|main|upkeep)\.ts$/
const mayReadClock = /^server\/src\/clock\.ts$/
/** config.ts makes a missing key; the demo stands for somebody else's shop, with sessions of its own. */
const mayTakeChance =
  /^server\/src\/(random|config|demo\/.+|identity\/[\w-]*(seal|crypto|secret|token|password)[\w-]*)\.ts$/
/** demo-browser.ts is a test's browser. */
const mayAskOutside = /^server\/src\/(outbound\/.+|demo\/demo-browser\.ts)$/
const isClientCode = /^(widget|console)\/|^shared\/src\/client\//

/**
 * Who may import whom, and who may reach outside.
 * @param {string} root
 * @returns {{ files: number, problems: string[] }}
 */
export function checkBoundaries(root) {
  const sources = workspaces
    .flatMap((workspace) => filesOf(root, `${workspace}/src`))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
  if (sources.length === 0) return { files: 0, problems: ['No file was read: the check itself is broken.'] }

  const real = sources.filter((source) => !source.isTest)
  const zod = reachesZod(sources)
  const problems = [
    ...sources.flatMap(workspaceProblems),
    ...real.flatMap((source) => widgetProblems(source, zod)),
    ...real.flatMap(domainProblems),
    ...real.flatMap(outsideProblems),
    ...circleProblems(real),
  ]
  return { files: sources.length, problems }
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {Source}
 */
function sourceOf(path, text) {
  const [workspace = ''] = path.split('/')
  return {
    path,
    workspace,
    domain: domainOf(path),
    isTest: /\.test\.tsx?$/.test(path) || path.includes('/testing/'),
    facts: sourceFacts(path, text),
  }
}

/** @param {string} path */
function domainOf(path) {
  const folder = /^server\/src\/([\w-]+)\//.exec(path)?.[1]
  return folder === undefined || ground.has(folder) ? undefined : folder
}

/**
 * @param {string} from the importing file
 * @param {string} name as written
 * @returns {string | undefined} a path of ours, or nothing for a package
 */
function targetOf(from, name) {
  const bare = name.replace(/\?.*$/, '')
  if (bare.startsWith('@parley/')) return bare.replace(/^@parley\/(\w+)\//, '$1/src/')
  return bare.startsWith('.') ? posix.join(posix.dirname(from), bare) : undefined
}

/** @param {Source} source */
function targetsOf({ path, facts }) {
  return facts.imports.flatMap(({ from, isTypeOnly, line }) => {
    const target = targetOf(path, from)
    return target === undefined ? [] : [{ target, isTypeOnly, at: `${path}:${line}` }]
  })
}

/** @param {Source} source */
function workspaceProblems(source) {
  const { workspace } = source
  return targetsOf(source)
    .filter(({ target }) => !target.startsWith(`${workspace}/`) && !target.startsWith('shared/'))
    .map(({ target, at }) => {
      const instead =
        workspace === 'shared'
          ? 'shared imports nothing of ours: move what both need into shared, or pass it in'
          : `${workspace} imports only shared: move what both need into shared/src`
      return `${at} imports ${target}. ${instead}.`
    })
}

/**
 * @param {Source} source
 * @param {Set<string>} zod
 */
function widgetProblems(source, zod) {
  if (source.workspace !== 'widget') return []
  return targetsOf(source)
    .filter(({ target, isTypeOnly }) => !isTypeOnly && zod.has(target))
    .map(
      ({ target, at }) =>
        `${at} brings zod into the widget through ${target}. Write import type, or move the plain value into a file of shared without zod.`,
    )
}

/** @param {Source[]} sources of which some bring zod along when they run */
function reachesZod(sources) {
  const shared = sources.filter((source) => source.workspace === 'shared')
  const reaching = new Set(
    shared
      .filter(({ facts }) =>
        facts.imports.some(({ from, isTypeOnly }) => !isTypeOnly && /^zod(\/|$)/.test(from)),
      )
      .map(({ path }) => path),
  )
  for (let before = -1; before !== reaching.size; ) {
    before = reaching.size
    for (const source of shared) {
      if (targetsOf(source).some(({ target, isTypeOnly }) => !isTypeOnly && reaching.has(target))) {
        reaching.add(source.path)
      }
    }
  }
  return reaching
}

/** @param {Source} source */
function domainProblems(source) {
  const { domain, path } = source
  const isStorage = /^server\/src\/(storage|cluster)\//.test(path)
  return targetsOf(source).flatMap(({ target, at }) => {
    const other = domainOf(target)
    if (isStorage && other)
      return [`${at} imports ${other}. Storage knows no domain: let the domain call it.`]
    if (domain === undefined) return []
    if (/^server\/src\/(realtime|http)\//.test(target) && !mayAnswerHttp(path, target)) {
      return [`${at} imports ${target}. No domain knows how it is reached: return a value, or throw Refused.`]
    }
    if (other === undefined || other === domain) return []
    if (domain === 'conversations') {
      return [`${at} imports ${other}. conversations imports no sibling: let ${other} follow its events.`]
    }
    if (target !== `server/src/${other}/index.ts`) {
      return [`${at} reaches into ${other}. Use its door, server/src/${other}/index.ts, and export it there.`]
    }
    return []
  })
}

/**
 * Routes that live with their domain answer refusals in the one shape that all HTTP answers have.
 * @param {string} path
 * @param {string} target
 */
const mayAnswerHttp = (path, target) => /routes?\.ts$/.test(path) && target === 'server/src/http/problem.ts'

/** @param {Source} source */
function outsideProblems({ path, workspace, facts }) {
  return facts.uses.flatMap(({ of, text, line }) => {
    const at = `${path}:${line}`
    switch (of) {
      case 'sql':
        return workspace !== 'server' || mayHoldSql.test(path)
          ? []
          : [
              `${at} holds SQL (${text} …). Put it into this folder's store.ts as a function named for the question.`,
            ]
      case 'environment':
        return mayReadEnvironment.test(path)
          ? []
          : [
              `${at} reads process.env. Add the variable to server/src/config.ts and take it from parts.config.`,
            ]
      case 'clock':
        return isClientCode.test(path) || mayReadClock.test(path)
          ? []
          : [`${at} reads the clock with ${text}. Take the clock from the parts: clock.now().`]
      case 'chance':
        return isClientCode.test(path) || mayTakeChance.test(path)
          ? []
          : [
              `${at} takes ${text}. Take random from the parts: random.id(), random.token(), random.fraction().`,
            ]
      case 'outbound':
        return workspace !== 'server' || mayAskOutside.test(path)
          ? []
          : [
              `${at} speaks HTTP with ${text}. Ask through server/src/outbound: it checks where a connection ends.`,
            ]
      default:
        return []
    }
  })
}

/** @param {Source[]} sources */
function circleProblems(sources) {
  /** @type {Map<string, Set<string>>} */
  const uses = new Map()
  for (const source of sources) {
    if (source.domain === undefined) continue
    for (const { target } of targetsOf(source)) {
      const other = domainOf(target)
      if (other === undefined || other === source.domain) continue
      uses.set(source.domain, (uses.get(source.domain) ?? new Set()).add(other))
    }
  }
  return circlesOf(uses).map(
    (circle) =>
      `${circle.join(' → ')}: domains in a circle. Let one of them follow the other's events instead.`,
  )
}
