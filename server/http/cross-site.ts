import { createMiddleware } from 'hono/factory'
import { DomainError, type Said } from '#server/errors.ts'
import type { HttpEnv } from './env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const SIGN_IN = '/api/v1/auth/'
const OTHER_SITE: Said = {
  ru: 'Запрос, который что-то меняет, должен прийти с самого этого сайта (Origin или Sec-Fetch-Site) или с ключом API.',
  kk: 'Бірдеңені өзгертетін сұрау осы сайттың өзінен (Origin немесе Sec-Fetch-Site) не API кілтімен келуі керек.',
  en: 'A request that changes something must come from this site itself (Origin or Sec-Fetch-Site), or carry an API key.',
}

/**
 * Keeps other sites from writing with a visitor's cookie: an unsafe request with a session, and any sign-in or sign-out
 * from a browser, must come from our own pages. Keys are exempt: a browser does not add them by itself.
 * @param options.publicUrl the address people open; null: the one that the request came to
 * @throws DomainError `forbidden`
 */
export const crossSite = (options: { publicUrl: string | null }) =>
  createMiddleware<HttpEnv>(async (c, next) => {
    const signIn = c.req.path.startsWith(SIGN_IN)
    if (!SAFE.has(c.req.method) && c.get('credential') !== 'key' && (c.get('credential') === 'cookie' || signIn)) {
      const site = c.req.header('sec-fetch-site')
      const origin = c.req.header('origin')
      const own = new URL(options.publicUrl ?? c.req.url).origin
      // A browser sets both itself; a page cannot forge them. Without either no browser sent it, or one too old to trust.
      const ours = site === undefined ? origin === own : site === 'same-origin' || (origin === own && site === 'none')
      const noBrowser = site === undefined && origin === undefined && c.req.header('cookie') === undefined
      if (!ours && !(signIn && noBrowser)) throw new DomainError('forbidden', OTHER_SITE.en, { said: OTHER_SITE })
    }
    await next()
  })
