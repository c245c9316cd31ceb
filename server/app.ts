import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createMiddleware } from 'hono/factory'
import { bodyLimit } from 'hono/body-limit'
import { passportRoutes } from '#server/acts/passport-routes.ts'
import { actRoutes } from '#server/acts/routes.ts'
import { agencyRoutes } from '#server/agencies/routes.ts'
import { answerRoutes } from '#server/answers/routes.ts'
import { knownGapRoutes } from '#server/answers/known-gaps/routes.ts'
import { sampleQuestionRoutes } from '#server/answers/sample-questions/routes.ts'
import { articleRoutes } from '#server/articles/routes.ts'
import { calendarRoutes } from '#server/calendar/routes.ts'
import { contentRoutes } from '#server/content/routes.ts'
import { editorialRoutes } from '#server/editorial/routes.ts'
import { SYSTEM } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { gateRoutes } from '#server/gate/routes.ts'
import { authenticate } from '#server/http/authenticate.ts'
import { crossSite } from '#server/http/cross-site.ts'
import type { HttpEnv } from '#server/http/env.ts'
import { healthRoutes } from '#server/http/health-routes.ts'
import { idempotency } from '#server/http/idempotency.ts'
import { createMetrics, observe } from '#server/http/observe.ts'
import { isUnusableValue, problemOf } from '#server/http/problem.ts'
import { rateLimit } from '#server/http/rate-limit.ts'
import { referencePage } from '#server/http/reference-page.ts'
import { routes } from '#server/http/route.ts'
import { securityHeaders } from '#server/http/security-headers.ts'
import { uiLanguage } from '#server/http/ui-language.ts'
import { workspace } from '#server/http/workspace.ts'
import { identityRoutes } from '#server/identity/routes.ts'
import { queryLogRoutes } from '#server/query-log/routes.ts'
import { deskRoutes } from '#server/inquiries/routes.ts'
import { impactRoutes } from '#server/impact/routes.ts'
import { onlyPost } from '#server/mcp/only-post.ts'
import { ownOrigin } from '#server/mcp/own-origin.ts'
import { mcpRoutes } from '#server/mcp/routes.ts'
import { searchRoutes } from '#server/search/routes.ts'
import { largestBody } from '#server/services/largest-body.ts'
import { serviceRoutes } from '#server/services/routes.ts'
import { synonymRoutes } from '#server/synonyms/routes.ts'
import type { SynonymServices } from '#server/synonyms/synonym-base.ts'
import type { Deps } from './compose.ts'

const { version } = JSON.parse(readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8')) as {
  version: string
}
const WORKSPACE = fileURLToPath(new URL('../web/dist', import.meta.url))

const api = (contentDir: string, synonyms: SynonymServices) =>
  routes()
    .route('/', searchRoutes)
    .route('/', answerRoutes)
    .route('/', sampleQuestionRoutes)
    .route('/', knownGapRoutes)
    .route('/', articleRoutes)
    .route('/', actRoutes)
    .route('/', passportRoutes)
    .route('/', identityRoutes)
    .route('/', calendarRoutes)
    .route('/', agencyRoutes)
    .route('/', serviceRoutes)
    .route('/', editorialRoutes)
    .route('/', contentRoutes(contentDir))
    .route('/', gateRoutes)
    .route('/', queryLogRoutes)
    .route('/', synonymRoutes(synonyms))
    .route('/', impactRoutes(contentDir))
    .route('/', deskRoutes)

/** The type that the workspace's client speaks: `hc<AppType>('/api/v1')`. */
export type AppType = ReturnType<typeof api>

/**
 * The whole server as one Hono app. Order matters: every response gets its id, log line and headers; a request is
 * recognised, measured against its limits and checked for its origin before a handler sees it.
 */
export function createApp(deps: Deps, options: { isStopping?: () => boolean } = {}) {
  const metrics = createMetrics()
  const app = routes()
  app.onError((error, c) => {
    if (!(error instanceof DomainError) && !isUnusableValue(error))
      deps.log.error({ err: error, requestId: c.get('requestId') }, 'unexpected error')
    return problemOf(error, c)
  })
  app.notFound((c) =>
    problemOf(new DomainError('not-found', `${c.req.method} ${c.req.path} is not an address of this server.`), c),
  )

  app.use(observe(deps.log, metrics))
  app.use(securityHeaders)
  app.use(uiLanguage)
  app.use((c, next) => {
    const { method, path } = c.req
    const maxSize = largestBody({ method, path, contentType: c.req.header('content-type') })
    return bodyLimit({
      maxSize,
      onError: () => {
        throw new DomainError('payload-too-large', `This request may be ${maxSize / 1024} KiB at most.`)
      },
    })(c, next)
  })
  app.use('/mcp', ownOrigin({ publicUrl: deps.config.http.publicUrl }))
  app.use('/mcp', onlyPost)
  const limited = rateLimit({ trustProxy: deps.config.http.trustProxy })
  for (const path of ['/api/*', '/mcp']) {
    app.use(path, authenticate(deps.identity))
    app.use(path, limited)
    app.use(path, crossSite({ publicUrl: deps.config.http.publicUrl }))
  }
  app.use(
    createMiddleware<HttpEnv>(async (c, next) => {
      c.set('ctx', deps.contextFor(c.get('actor') ?? SYSTEM, c.get('requestId')))
      await next()
    }),
  )
  app.use('/api/*', idempotency())
  app.route('/api/v1', api(deps.config.contentDir, deps.synonyms))
  app.route('/', mcpRoutes({ version }))
  app.route(
    '/',
    healthRoutes({
      version,
      adapters: deps.adapters,
      searchHealth: deps.searchHealth,
      scheduleHealth: () => deps.scheduler.state(),
      mailHealth: () => deps.incomingMail?.state() ?? null,
      metrics,
      isStopping: options.isStopping ?? (() => false),
    }),
  )

  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'bilim.session_token',
    description: 'Set by POST /api/v1/auth/sign-in/email',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key made by npm run keys or POST /api/v1/keys',
  })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Bilim', version, description: 'Knowledge base and service desk of a unified contact centre.' },
  })
  app.route('/', referencePage)
  app.route('/', workspace(WORKSPACE))
  return app
}
