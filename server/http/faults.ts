import type { z } from 'zod'
import type { Fault } from '#server/errors.ts'

/** Every fault of an input, with its place: `query.asOf`, `json.question`. */
export const faultsOf = (error: z.core.$ZodError, target: string): Fault[] =>
  error.issues.map((issue) => ({ path: [target, ...issue.path.map(String)].join('.'), message: issue.message }))
