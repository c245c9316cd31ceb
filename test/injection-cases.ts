import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

/**
 * Attempts to command a model, out of `evals/cases`: each with where it stands, its text, and what must not appear.
 * @param places what `where` may say
 * @throws when the file has another shape
 */
export const readInjections = <Place extends string>(name: string, places: readonly [Place, ...Place[]]) =>
  z
    .object({
      cases: z.array(
        z.strictObject({
          id: z.string(),
          lang: z.enum(['ru', 'kk']),
          where: z.enum(places),
          trick: z.string(),
          text: z.string(),
          payload: z.string(),
        }),
      ),
    })
    .parse(parse(readFileSync(fileURLToPath(new URL(`../evals/cases/${name}`, import.meta.url)), 'utf8'))).cases
