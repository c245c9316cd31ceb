import { z } from '@hono/zod-openapi'
import { today } from '#server/context.ts'
import { json, READERS, route, routes } from '#server/http/route.ts'
import { DaySchema } from '#server/http/wire.ts'
import { PassportListSchema } from './passport-schema.ts'
import { presentPassport } from './present-passport.ts'
import { readPassports } from './read-passports.ts'

const Id = z.object({ id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'act_…' }) })
const LANGS = ['ru', 'kk'] as const

/** What the standards in an act say of their services, by field. */
export const passportRoutes = routes().openapi(
  route({
    method: 'get',
    path: '/acts/{id}/passports',
    tags: ['acts'],
    summary: 'Passports of the services whose standards are in the act, as of a day, both languages side by side',
    access: READERS,
    request: { params: Id, query: z.object({ asOf: DaySchema.optional() }) },
    responses: { 200: json(PassportListSchema, 'In the order of the act; empty for an act without standards') },
  }),
  async (c) => {
    const ctx = c.get('ctx')
    const { asOf = today(ctx) } = c.req.valid('query')
    const items = (await readPassports(ctx, { actId: c.req.valid('param').id, asOf })).map(presentPassport)
    return c.json({ items, languages: LANGS.filter((lang) => items.some((one) => one[lang] !== null)), asOf }, 200)
  },
)
