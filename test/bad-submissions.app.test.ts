import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const SCRIPT = fileURLToPath(new URL('../ingest/services/fixtures/measure-submissions.ts', import.meta.url))
const SEED = 20_261_125
const COUNT = 200
const MIB = 1024 * 1024

const Report = z.object({
  outcomes: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      bytes: z.number(),
      thrown: z.string().optional(),
      ok: z.boolean().optional(),
      rows: z.number().optional(),
      unread: z.number().optional(),
      codes: z.array(z.string()).optional(),
      unclear: z.number().optional(),
    }),
  ),
  rssAtStart: z.number(),
  rssPeak: z.number(),
})

let report: z.infer<typeof Report>

// A process of its own with a small heap: a parser that kept too much would end it.
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=256', '--expose-gc', '--import', 'tsx', SCRIPT, String(SEED), String(COUNT)],
    { maxBuffer: 64 * MIB },
  )
  report = Report.parse(JSON.parse(stdout))
}, 400_000)

describe('200 bad submissions', () => {
  it('are of every kind, ten megabytes among them', () => {
    expect(report.outcomes).toHaveLength(COUNT)
    expect(new Set(report.outcomes.map(({ kind }) => kind)).size).toBe(20)
    expect(report.outcomes.filter(({ bytes }) => bytes >= 9 * MIB).length).toBeGreaterThan(3)
  })

  it('all end in clear errors or a clean import', () => {
    const bad = report.outcomes.filter(
      ({ thrown, ok, rows = 0, unread = 0, codes = [], unclear = 0 }) =>
        thrown !== undefined || unclear > 0 || (ok === true ? rows === 0 || unread > 0 : codes.length === 0),
    )
    expect(bad).toEqual([])
  })

  it('end as their kind must', () => {
    const codes = (kind: string) =>
      new Set(report.outcomes.filter((one) => one.kind === kind).flatMap((one) => one.codes ?? ['imported']))
    expect(codes('macros')).toEqual(new Set(['macros']))
    expect(codes('deep XML')).toEqual(new Set(['xml-deep']))
    expect(codes('many sheets')).toEqual(new Set(['too-many-sheets']))
    expect([...codes('zip bombs')].filter((code) => code === 'imported')).toEqual([])
    expect([...codes('entities')].every((code) => code.startsWith('xml-'))).toBe(true)
  })

  it('take a bounded amount of memory', () => {
    expect((report.rssPeak - report.rssAtStart) / MIB).toBeLessThan(400)
  })
})
