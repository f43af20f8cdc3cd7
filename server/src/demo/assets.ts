import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Request, type Response, Router } from 'express'
import { pictureFiles } from './pictures/picture.ts'

/** Joined in this order into the one stylesheet a page loads. */
const styles = ['tokens', 'base', 'frame', 'shelf', 'product', 'orders', 'forms'].map((name) => `${name}.css`)
const files = ['chat.js', 'dialogs.js', 'forms.js', 'favicon.svg']

/** Beside the source while developing; copied to `demo-assets` beside the bundle by the build. */
export function demoAssetsDir(from: string = import.meta.url): string {
  const places = ['./assets/', './demo-assets/'].map((place) => fileURLToPath(new URL(place, from)))
  const found = places.find((place) => existsSync(`${place}${styles[0]}`))
  if (!found) throw new Error(`The demo's files are missing. Looked in ${places.join(' and ')}.`)
  return found
}

type Asset = { type: string; body: Buffer; version: string }

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
}

function asset(name: string, body: Buffer): Asset {
  const version = createHash('sha256').update(body).digest('base64url').slice(0, 10)
  return { type: types[extname(name)] ?? 'application/octet-stream', body, version }
}

const all = new Map<string, Asset>()

function loadAll(): Map<string, Asset> {
  if (all.size > 0) return all
  const folder = demoAssetsDir()
  const read = (name: string) => readFileSync(`${folder}${name}`)
  all.set('shop.css', asset('shop.css', Buffer.concat(styles.map(read))))
  for (const name of files) all.set(name, asset(name, read(name)))
  for (const [name, text] of pictureFiles()) all.set(name, asset(name, Buffer.from(text)))
  return all
}

/** The address carries the content's hash, so browsers may keep the file for a year. */
export function assetPath(name: string): string {
  const found = loadAll().get(name)
  if (!found) throw new Error(`The demo has no asset named ${name}`)
  return `/demo/assets/${name}?v=${found.version}`
}

export function createAssets(): Router {
  const assets = loadAll()
  const router = Router()
  router.get('/assets/:name', (request: Request<{ name: string }>, response: Response, next) => {
    const found = assets.get(request.params.name)
    if (!found) {
      next()
      return
    }
    response.set('Content-Type', found.type)
    response.set('X-Content-Type-Options', 'nosniff')
    response.set('Cross-Origin-Resource-Policy', 'cross-origin')
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    response.set(
      'Cache-Control',
      request.query.v === found.version ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    response.send(found.body)
  })
  return router
}
