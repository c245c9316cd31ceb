import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from './env.ts'

/** The first of our languages that the caller accepts; Russian when none is. */
export const uiLanguage = createMiddleware<HttpEnv>(async (c, next) => {
  const accepted = (c.req.header('accept-language') ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
    return { lang: tag.split('-')[0] ?? '', q: q === undefined ? 1 : Number(q.slice(2)) || 0 }
  })
  const best = accepted
    .filter(({ lang, q }) => q > 0 && (lang === 'ru' || lang === 'kk' || lang === 'en'))
    .sort((a, b) => b.q - a.q)[0]
  c.set('uiLang', best?.lang === 'kk' ? 'kk' : best?.lang === 'en' ? 'en' : 'ru')
  await next()
})
