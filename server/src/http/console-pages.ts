import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'
import type { Config } from '../config.ts'
import { consoleHeaders } from './headers.ts'

/** The console's own files; every other path below it is the one page, which routes by itself. */
export function createConsolePages(config: Config, distDir: string): Router {
  const router = Router()
  router.use(consoleHeaders(config))
  router.use(
    express.static(distDir, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const isHashed = path.includes(`${join(distDir, 'assets')}`)
        response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
  )
  router.get('/{*path}', (request, response) => {
    const page = join(distDir, 'index.html')
    if (request.path.startsWith('/assets/') || !existsSync(page)) {
      response
        .status(404)
        .type('text/plain')
        .send('There is nothing here. Is the console built? Run: npm run build')
      return
    }
    response.set('Cache-Control', 'no-cache').sendFile(page)
  })
  return router
}
