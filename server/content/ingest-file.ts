import { join } from 'node:path'
import type { Message } from '#ingest/acts/act.ts'
import { parseSource } from '#ingest/acts/parse-source.ts'
import { actKey } from '#server/acts/act-identity.ts'
import { ingestAct, type IngestActInput, type IngestActResult } from '#server/articles/ingest-act.ts'
import type { Context } from '#server/context.ts'
import { planFor, readPlans } from './read-plans.ts'
import { readSource } from './read-source.ts'
import { isRefusal, refusalMessages } from './refusal-messages.ts'

export interface IngestFileResult {
  file: string
  status: 'ingested' | 'unchanged' | 'refused'
  messages: Message[]
  result: Omit<IngestActResult, 'messages'> | null
}

/**
 * From a file to published articles. A file with any error is refused whole: nothing of it is stored.
 * @param input.contentDir where division plans live (`sources/*.articles.yaml`)
 * @param input.mode whether the articles are published, or wait for a second person (`ingestAct`)
 * @param input.complete somebody vouches that the text is not cut off
 */
export async function ingestFile(
  ctx: Context,
  input: { path: string; contentDir: string; complete?: boolean; mode?: IngestActInput['mode'] },
): Promise<IngestFileResult> {
  const source = await readSource(input.path)
  if (!source.ok) return { file: input.path, status: 'refused', messages: source.messages, result: null }
  const { act, messages: said } = parseSource(source, { endConfirmed: input.complete === true })
  const messages = [...source.messages, ...said]
  if (act === null) return { file: input.path, status: 'refused', messages, result: null }
  try {
    const plans = await readPlans(join(input.contentDir, 'sources'))
    const { messages: more, ...result } = await ingestAct(ctx, {
      parsed: act,
      source,
      plan: planFor(plans, actKey(act.requisites), act.lang),
      ...(input.mode === undefined ? {} : { mode: input.mode }),
    })
    if (result.changed) ctx.contentChanged()
    return {
      file: input.path,
      status: result.changed ? 'ingested' : 'unchanged',
      messages: [...messages, ...more],
      result,
    }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return {
      file: input.path,
      status: 'refused',
      messages: [...messages, ...refusalMessages(error, act)],
      result: null,
    }
  }
}
