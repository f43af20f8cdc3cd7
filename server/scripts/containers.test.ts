import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './root.mjs'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const settings = new Set(
  [...read('server/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name ?? ''),
)

interface Part {
  image?: string
  environment?: Record<string, string>
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }> | string[]
  volumes?: string[]
  ports?: string[]
  configs?: { source: string; target: string }[]
}

describe('compose.yaml', () => {
  const compose: {
    services: Record<string, Part>
    volumes: Record<string, unknown>
    configs: Record<string, { content: string }>
  } = parse(read('compose.yaml'), { merge: true })
  const { services } = compose
  const nodes = Object.keys(services).filter((name) => name.startsWith('node-'))

  it('runs three nodes on PostgreSQL and Redis behind one proxy, which alone has a port', () => {
    expect(Object.keys(services).sort()).toEqual(['node-1', 'node-2', 'node-3', 'postgres', 'proxy', 'redis'])
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(['proxy'])
    expect(services.postgres?.image).toMatch(/^postgres:\d+$/)
    expect(services.redis?.image).toMatch(/^(valkey\/valkey|redis):\d+$/)
  })

  it('starts the nodes once the stores say that they are well', () => {
    for (const name of nodes)
      expect(services[name]?.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      })
    expect(services.postgres?.healthcheck?.test).toContain('pg_isready')
    expect(services.redis?.healthcheck?.test).toContain('ping')
  })

  it('has the proxy ask every node, and only them, whether it is ready', () => {
    const { content } = compose.configs.caddyfile ?? { content: '' }
    const [, asked = ''] = content.match(/reverse_proxy (.+) \{/) ?? []
    expect(asked.split(' ')).toEqual(nodes.map((name) => `${name}:3000`))
    expect(content).toContain('health_uri /readyz')
    expect(services.proxy?.configs?.[0]?.source).toBe('caddyfile')
  })

  it('gives the nodes only settings that there are, and the stores that stand beside them', () => {
    for (const name of nodes) {
      const given = services[name]?.environment ?? {}
      expect(Object.keys(given).filter((each) => !settings.has(each))).toEqual([])
      expect(new URL(given.DATABASE_URL?.replace(/\$\{.*?\}/, 'secret') ?? '').hostname).toBe('postgres')
      expect(new URL(given.REDIS_URL ?? '').hostname).toBe('redis')
    }
  })

  it('takes from .env what .env.example tells of, and nothing else', () => {
    const taken = [...read('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '')
    const told = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name ?? '')
    expect(taken.filter((name) => !told.includes(name))).toEqual([])
  })

  it('names every volume it mounts', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((each) => each.split(':')[0]),
    )
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(compose.volumes).sort())
  })
})

describe('the Dockerfile', () => {
  const lines = read('Dockerfile').split('\n')
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.split(' '))
  const own = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))

  it('runs Node 24, as somebody who is not root', () => {
    expect(own[0]).toBe('FROM node:24-slim')
    expect(own.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
  })

  it('asks the port that the server listens on whether it lives', () => {
    const [health = ''] = own.filter((line) => line.startsWith('HEALTHCHECK '))
    expect(health).toMatch(/\$\{process\.env\.PORT \|\| 3000\}\/healthz/)
    expect(own).toContain('EXPOSE 3000')
  })

  it('starts what the build makes', () => {
    expect(own.findLast((line) => line.startsWith('CMD '))).toContain('"server/dist/main.js"')
  })

  const fromHere = of('COPY').filter(([, first = '']) => !first.startsWith('--'))
  test.each(fromHere.flatMap(([, ...paths]) => paths.slice(0, -1)))('copies %s, which is there', (path) => {
    expect(existsSync(join(root, path))).toBe(true)
    expect(read('.dockerignore').split('\n')).not.toContain(path)
  })

  test.each(
    of('COPY').flatMap(([, from = '', path = '']) =>
      from.startsWith('--from=') ? [[from.slice(7), path]] : [],
    ),
  )('copies from its stage %s %s, which that stage has made', (stage, path) => {
    expect(of('FROM').map((words) => words[3])).toContain(stage)
    expect(path).toMatch(
      /^\/parley\/(node_modules|package\.json|server\/package\.json|(server|widget|console)\/dist\/?)$/,
    )
  })
})
