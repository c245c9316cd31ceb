import { LineCounter, parseDocument, isMap, stringify, type Document } from 'yaml'
import { z } from 'zod'
import type { Lang } from '#server/context.ts'
import { describeIssue } from '#server/http/describe-issue.ts'
import type { Said } from '#server/errors.ts'
import { told, WORDING } from './fault-wordings.ts'
import { SlugSchema } from './schema.ts'

const Day = z.iso.date().nullable()

/** Front matter of a file that editors work with. What the server keeps itself comes out, and is not taken back. */
const FrontMatterSchema = z.strictObject({
  /** Absent: a new article. */
  id: z.string().startsWith('art_').optional(),
  slug: SlugSchema,
  title: z.string().trim().min(3).max(300),
  lang: z.enum(['ru', 'kk']),
  /** Id of the act that the blocks quote. */
  act: z.string().nullable().default(null),
  /** Absent in a published article's file unless it is to begin on another day than that of its publication. */
  validFrom: Day.default(null),
  validTo: Day.default(null),
  reviewBy: Day.default(null),
  agency: z.string().nullable().default(null),
  service: z.string().nullable().default(null),
  /** The published version that the text was made from. */
  base: z.string().startsWith('ver_').nullable().default(null),
  /** A draft's file: which one, and the revision it was written over. */
  draft: z.string().startsWith('drf_').optional(),
  revision: z.number().int().min(1).optional(),
  /** For the reader of the file. */
  published: z.strictObject({ version: z.number().int(), from: z.iso.date(), to: z.iso.date().nullable() }).optional(),
  state: z.string().optional(),
  /** Of files of `content/articles`, which ingestion writes: their days are the act's, not the text's. */
  edition: z.unknown().optional(),
  validFromKnown: z.boolean().optional(),
})
export type ArticleFrontMatter = z.infer<typeof FrontMatterSchema>

export interface FileFault {
  line: number
  column: number
  rule: string
  severity: 'error' | 'warning'
  message: string
  said?: Said
}

const ORDER = [
  'id',
  'slug',
  'title',
  'lang',
  'act',
  'validFrom',
  'validTo',
  'reviewBy',
  'agency',
  'service',
  'base',
  'draft',
  'revision',
  'state',
  'published',
] as const

/** An article as a file: front matter in a fixed order, then the body. The same input gives the same bytes. */
export function renderArticleFile(frontMatter: ArticleFrontMatter, body: string): string {
  const ordered = Object.fromEntries(
    ORDER.flatMap((key) =>
      frontMatter[key] === undefined || frontMatter[key] === null ? [] : [[key, frontMatter[key]]],
    ),
  )
  return `---\n${stringify(ordered, { lineWidth: 0 })}---\n\n${body.replace(/\n*$/, '\n')}`
}

export interface ReadArticleFile {
  /** Null: there are errors. */
  file: { frontMatter: ArticleFrontMatter; body: string } | null
  faults: FileFault[]
  /** Lines of the file above the first of the body. */
  bodyOffset: number
}

/** Reads an article's file. Every fault of its front matter at once, with line and column in the file. */
export function readArticleFile(text: string): ReadArticleFile {
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const match = /^---\n(?<yaml>[\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(clean)
  if (match === null)
    return {
      file: null,
      bodyOffset: 0,
      faults: [
        {
          line: 1,
          column: 1,
          rule: 'front-matter',
          severity: 'error',
          ...told(WORDING.frontMatter),
        },
      ],
    }
  const yaml = match.groups?.['yaml'] ?? ''
  const lines = new LineCounter()
  // Its first line is the second one of the file.
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: line + 1, column: col }
  }
  const rest = clean.slice(match[0].length)
  const blank = /^\n*/.exec(rest)?.[0].length ?? 0
  const bodyOffset = match[0].split('\n').length - 1 + blank
  if (document.errors.length > 0)
    return {
      file: null,
      bodyOffset,
      faults: document.errors.map((error) => ({
        ...at(error.pos[0]),
        rule: 'yaml',
        severity: 'error',
        ...told(WORDING.yaml(error.message)),
      })),
    }
  const parsed = FrontMatterSchema.safeParse(document.toJS() ?? {})
  if (!parsed.success)
    return {
      file: null,
      bodyOffset,
      faults: parsed.error.issues.flatMap((issue) => {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.map(String).join('.')]
        return keys.map((key): FileFault => ({
          ...at(offsetOf(document, key.split('.'))),
          rule: 'front-matter',
          severity: 'error',
          ...told({
            ru: `${key}: ${describeIssue(issue, 'ru')}`,
            kk: `${key}: ${describeIssue(issue, 'kk')}`,
            en: `${key}: ${describeIssue(issue, 'en')}`,
          }),
        }))
      }),
    }
  return { file: { frontMatter: parsed.data, body: rest.slice(blank) }, faults: [], bodyOffset }
}

/** Where a key or, of a missing one, the map that lacks it stands. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of path) {
    if (!isMap(node)) break
    const pair = node.items.find((item) => String(item.key) === key)
    if (pair === undefined) break
    const { key: name } = pair
    if (typeof name === 'object' && name !== null && 'range' in name && Array.isArray(name.range))
      offset = Number(name.range[0])
    node = pair.value
  }
  return offset
}

/** Name of an article's file below the directory of its kind. */
export const fileName = (lang: Lang, slug: string, draftId?: string): string =>
  draftId === undefined
    ? `articles/${lang}/${slug}.md`
    : `drafts/${lang}/${slug === '' ? 'bez-adresa' : slug}.${draftId}.md`
