import { z } from 'zod'
import type { ExportedFile } from '#server/editorial/export-articles.ts'
import { DomainError } from '#server/errors.ts'

const LeftOut = z.object({
  changed: z.number(),
  gone: z.number(),
  beyond: z.number(),
  // A server that knows no editors' gaps says nothing of them.
  silentGaps: z.number().default(0),
})
const Page = z.object({
  items: z.array(
    z.object({
      // What another server names is written to this disk: nothing beside the directories of an export.
      path: z.string().regex(/^(?:articles|drafts|questions)(?:\/(?!\.)[^/\\\0]+)+$/u),
      text: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
  questionsLeftOut: LeftOut.nullable(),
})

/** Milliseconds that a page may take: it is 4 million characters at most. */
const PAGE_MS = 120_000
const MOST_PAGES = 10_000

/**
 * All files of an export from a server that runs, by `GET /api/v1/editorial/export`, a page after another.
 * @param input.from address of the server
 * @param input.key API key of an editor or administrator
 * @throws DomainError `source-refused` when the server does not answer so, with what it answers
 */
export async function fetchFiles(input: {
  from: string
  key: string
  drafts: boolean
}): Promise<{ files: ExportedFile[]; leftOut: z.infer<typeof LeftOut> | null }> {
  const files: ExportedFile[] = []
  let leftOut: z.infer<typeof LeftOut> | null = null
  let cursor: string | null = null
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const url: URL = new URL('/api/v1/editorial/export', input.from)
    url.search = new URLSearchParams({
      limit: '200',
      drafts: String(input.drafts),
      ...(cursor === null ? {} : { cursor }),
    }).toString()
    const refused = (why: string) => new DomainError('source-refused', `${url.origin} does not give its files: ${why}`)
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${input.key}` },
      signal: AbortSignal.timeout(PAGE_MS),
      // The key goes nowhere else.
      redirect: 'error',
    }).catch((error: unknown) => {
      throw refused(error instanceof Error ? `${error.message} ${String(error.cause ?? '')}`.trim() : String(error))
    })
    const body = await response.text()
    if (!response.ok) throw refused(`${response.status} ${body.slice(0, 500)}`)
    let page: z.infer<typeof Page>
    try {
      page = Page.parse(JSON.parse(body))
    } catch {
      throw refused('the answer is no page of files; is it a server of this version?')
    }
    files.push(...page.items)
    leftOut = page.questionsLeftOut ?? leftOut
    cursor = page.nextCursor
    if (cursor === null) return { files, leftOut }
  }
  throw new DomainError('source-refused', `More than ${MOST_PAGES} pages of files.`)
}
