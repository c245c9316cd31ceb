import type { z } from 'zod'
import type { Fault } from '#server/errors.ts'
import { saidOf } from './describe-issue.ts'

/** Every fault of an input, with its place (`query.asOf`, `json.question`) and its words in every language of the interface. */
export const faultsOf = (error: z.core.$ZodError, target: string): Fault[] =>
  error.issues.map((issue) => {
    const said = saidOf(issue)
    return { path: [target, ...issue.path.map(String)].join('.'), message: said.en, said }
  })
