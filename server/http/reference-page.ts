import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { HttpEnv } from './env.ts'

const directory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bilim API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null, persistAuthorization: false })\n`

/** The API reference as a page, from this server alone. */
export const referencePage = new Hono<HttpEnv>()
  .get('/docs', (c) => c.html(PAGE))
  .get('/docs/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  .get('/docs/:file', async (c) => {
    const type = FILES[c.req.param('file')]
    if (type === undefined) return c.notFound()
    return c.body(await readFile(join(directory, c.req.param('file'))), 200, {
      'content-type': type,
      'cache-control': 'public, max-age=86400',
    })
  })
