import { z } from '@hono/zod-openapi'
import { decodeCursor, encodeCursor, pageOf, PageQuerySchema } from '#server/http/paging.ts'
import { json, route, routes } from '#server/http/route.ts'
import { LangSchema } from '#server/http/wire.ts'
import type { Context } from '#server/context.ts'
import { addGroup } from './add-group.ts'
import { exportFile } from './export-file.ts'
import { findGroups } from './find-groups.ts'
import { presentGroups, presentHistory } from './present.ts'
import { previewChange } from './preview/preview-change.ts'
import { editsOf, lastEdits } from './queries.ts'
import { removeGroup } from './remove-group.ts'
import {
  AddGroupSchema,
  ChangeSchema,
  ORIGINS,
  PreviewRequestSchema,
  SetGroupSchema,
  SynonymGroupSchema,
  SynonymHistorySchema,
  SynonymPreviewSchema,
  WrittenGroupSchema,
} from './schema.ts'
import { setGroup } from './set-group.ts'
import type { SynonymServices } from './synonym-base.ts'
import { groupById, groupsOf, type Group } from './synonym-groups.ts'
import { undoChange } from './undo-change.ts'

const WRITERS = ['editor', 'admin'] as const
const REVIEWERS = ['editor', 'supervisor', 'admin'] as const
const GroupId = z.object({
  id: z
    .string()
    .max(80)
    .openapi({ param: { name: 'id', in: 'path' }, example: 'e-mail' }),
})
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })

/** Words that mean the same to a caller: what the files say, and editors' changes over them. */
export const synonymRoutes = (services: SynonymServices) => {
  const all = async (ctx: Context): Promise<Group[]> => groupsOf(services.data, await lastEdits(ctx))
  const history = async (ctx: Context, group: Group) => presentHistory(ctx, group, await editsOf(ctx, group.id))
  /** Searches follow before the answer, where that takes no longer than somebody waits. */
  const written = async (ctx: Context, group: Group) => {
    ctx.contentChanged()
    const applied = await services.settle()
    return { group: await history(ctx, group), applied }
  }
  return routes()
    .openapi(
      route({
        method: 'get',
        path: '/synonyms',
        tags: ['search'],
        summary: 'Groups of synonyms, by their first words',
        access: REVIEWERS,
        request: {
          query: PageQuerySchema.extend({
            q: z.string().max(200).default('').openapi({ description: 'Letters of a word, or the id of a group' }),
            origin: z.enum(ORIGINS).optional(),
          }),
        },
        responses: {
          200: json(
            pageOf(SynonymGroupSchema).extend({ total: z.number().int() }),
            'Those with the very word first; removed groups among them',
          ),
        },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const { q, origin, limit, cursor } = c.req.valid('query')
        const [from = 0] = cursor === undefined ? [] : decodeCursor(cursor, ['count'])
        const found = findGroups(await all(ctx), { q, origin })
        const to = Number(from) + limit
        return c.json(
          {
            items: await presentGroups(ctx, found.slice(Number(from), to)),
            nextCursor: to < found.length ? encodeCursor([to]) : null,
            total: found.length,
          },
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/synonyms',
        tags: ['search'],
        summary: 'Add a group of synonyms',
        access: WRITERS,
        request: { body: body(AddGroupSchema) },
        responses: { 201: json(WrittenGroupSchema, 'The group') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        return c.json(await written(ctx, await addGroup(ctx, services, c.req.valid('json'))), 201)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/synonyms/preview',
        tags: ['search'],
        summary: 'What a change of a group would do to searches; nothing is written',
        access: WRITERS,
        request: { body: body(PreviewRequestSchema) },
        responses: { 200: json(SynonymPreviewSchema, 'First hits before and after, words of the base, warnings') },
      }),
      async (c) => c.json(await previewChange(c.get('ctx'), services, c.req.valid('json')), 200),
    )
    .openapi(
      route({
        method: 'get',
        path: '/synonyms/files/{lang}',
        tags: ['search'],
        summary: 'The file of a language with editors’ changes, for content/language',
        access: REVIEWERS,
        request: { params: z.object({ lang: LangSchema.openapi({ param: { name: 'lang', in: 'path' } }) }) },
        responses: {
          200: { description: 'YAML', content: { 'application/yaml': { schema: z.string() } } },
        },
      }),
      async (c) => {
        const { fileName, text } = exportFile(services, await all(c.get('ctx')), c.req.valid('param').lang)
        return c.body(text, 200, {
          'content-type': 'application/yaml; charset=utf-8',
          'content-disposition': `attachment; filename="${fileName}"`,
        })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/synonyms/{id}',
        tags: ['search'],
        summary: 'A group with what the files say and all its changes, newest first',
        access: REVIEWERS,
        request: { params: GroupId },
        responses: { 200: json(SynonymHistorySchema, 'The group') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        return c.json(await history(ctx, groupById(await all(ctx), c.req.valid('param').id)), 200)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/synonyms/{id}',
        tags: ['search'],
        summary: 'Say what words a group has, over the files',
        access: WRITERS,
        request: { params: GroupId, body: body(SetGroupSchema) },
        responses: { 200: json(WrittenGroupSchema, 'The group as it is now') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const group = await setGroup(ctx, services, { ...c.req.valid('param'), ...c.req.valid('json') })
        return c.json(await written(ctx, group), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/synonyms/{id}/remove',
        tags: ['search'],
        summary: 'Take a group out of use; its history stays',
        access: WRITERS,
        request: { params: GroupId, body: body(ChangeSchema) },
        responses: { 200: json(WrittenGroupSchema, 'The group, removed') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const group = await removeGroup(ctx, services, { ...c.req.valid('param'), ...c.req.valid('json') })
        return c.json(await written(ctx, group), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/synonyms/{id}/undo',
        tags: ['search'],
        summary: 'Take the last change of a group back',
        access: WRITERS,
        request: { params: GroupId, body: body(ChangeSchema) },
        responses: { 200: json(WrittenGroupSchema, 'The group as it was before') },
      }),
      async (c) => {
        const ctx = c.get('ctx')
        const group = await undoChange(ctx, services, { ...c.req.valid('param'), ...c.req.valid('json') })
        return c.json(await written(ctx, group), 200)
      },
    )
}
