import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { HttpEnv } from './env.ts'

/**
 * Serves the built workspace: hashed assets for a year, its page for every other address.
 * @param directory of the build; when it is absent the page says how to build it
 */
export function workspace(directory: string) {
  const app = new Hono<HttpEnv>()
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('cache-control', 'public, max-age=31536000, immutable')
  })
  app.use('/assets/*', serveStatic({ root: directory }))
  app.get('/favicon.svg', serveStatic({ root: directory }))
  app.get('*', async (c, next) => {
    const page = join(directory, 'index.html')
    if (
      c.req.path.startsWith('/api/') ||
      c.req.path.startsWith('/assets/') ||
      !/text\/html|\*\/\*/.test(c.req.header('accept') ?? '*/*')
    )
      return next()
    if (!existsSync(page)) return c.text('The workspace is not built: run npm run build.', 503)
    c.header('cache-control', 'no-cache')
    return c.html(await readFile(page, 'utf8'))
  })
  return app
}
