import { z } from 'zod'
import { EXPANSIONS } from '../cross-language/run-cross-language.ts'

const Percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number(), n: z.number() })
const Cost = z.object({ ms: z.number(), cpuMs: z.number() })

/** When and on what it was measured; `load`: processes that wanted a processor as it began (one minute's average). */
const Measured = z.object({ on: z.iso.date(), node: z.string(), processors: z.number(), load: z.number() })
export type Measured = z.infer<typeof Measured>

const QualityRow = z.object({
  set: z.string(),
  distortion: z.string(),
  engine: z.string(),
  queries: z.number(),
  ndcg10: z.number(),
  mrr10: z.number(),
  hit1: z.number(),
  recall10: z.number(),
  recall100: z.number(),
  kept: z.number(),
  msPerQuery: z.number(),
  measured: Measured,
})
const SpeedRow = z.object({
  passages: z.number(),
  buildMs: z.number(),
  buildCpuMs: z.number(),
  plainBuildMs: z.number(),
  heapMb: z.number(),
  plainHeapMb: z.number(),
  changeMs: z.number(),
  matching: z.number(),
  keystroke: Percentiles,
  plainKeystroke: Percentiles,
  restart: z.object({ anew: Cost, load: Cost, reconcile: Cost, save: Cost, snapshotMb: z.number() }),
  /** Where it is not that of the part: sizes may be measured one at a time. */
  measured: Measured.optional(),
})
const Load = z.object({ perSecond: z.number(), times: Percentiles, failed: z.number() })
const ServedRow = z.object({
  engine: z.enum(['pglite', 'postgres']),
  passages: z.number(),
  indexMs: z.number(),
  restartMs: z.number(),
  health: Load,
  answer: Load,
  keystrokes: z.array(Load.extend({ operators: z.number() })),
  measured: Measured.optional(),
})
const DomainRow = z.object({
  group: z.string(),
  queries: z.number(),
  hit1: z.number(),
  mrr10: z.number(),
  ndcg10: z.number(),
})
const RebuildRow = z.object({
  engine: z.string(),
  passages: z.number(),
  searches: z.number(),
  failed: z.number(),
  withdrawnShown: z.number(),
  missed: z.number(),
  degraded: z.number(),
  rebuilds: z.number(),
  published: z.number(),
  withdrawn: z.number(),
  times: Percentiles,
  measured: Measured.optional(),
})
const CrossLanguageRow = z.object({
  set: z.string(),
  direction: z.string(),
  expansion: z.enum(EXPANSIONS),
  queries: z.number(),
  recall10: z.number(),
  mrr10: z.number(),
  ndcg10: z.number(),
})

const part = <Row extends z.ZodType>(row: Row) => z.object({ measured: Measured, rows: z.array(row) })

/** Figures of the report, a part each; a part that was not measured yet is not there. */
export const ReportFigures = z.object({
  quality: part(QualityRow)
    .extend({
      absent: z.record(z.string(), z.string()),
      /** What whoever measured has to say about it. */
      notes: z.array(z.string()).optional(),
    })
    .optional(),
  domain: part(DomainRow)
    .extend({ leftOut: z.record(z.string(), z.number()) })
    .optional(),
  crossLanguage: part(CrossLanguageRow)
    .extend({ leftOut: z.record(z.string(), z.number()) })
    .optional(),
  speed: part(SpeedRow).optional(),
  served: part(ServedRow).optional(),
  rebuild: part(RebuildRow)
    .extend({ notes: z.array(z.string()).optional() })
    .optional(),
})
export type ReportFigures = z.infer<typeof ReportFigures>
