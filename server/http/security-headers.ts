import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const common = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  scriptSrc: ["'self'"],
}

const strict = secureHeaders({
  contentSecurityPolicy: { ...common, styleSrc: ["'self'"] },
  crossOriginOpenerPolicy: 'same-origin',
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
})

// The page of the API reference sets styles from its own script, which needs inline styles; nothing else does.
const reference = secureHeaders({
  contentSecurityPolicy: { ...common, styleSrc: ["'self'", "'unsafe-inline'"] },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
})

/** Headers that keep a browser from loading or framing anything that is not ours. */
export const securityHeaders = createMiddleware((c, next) =>
  c.req.path === '/docs' || c.req.path.startsWith('/docs/') ? reference(c, next) : strict(c, next),
)
