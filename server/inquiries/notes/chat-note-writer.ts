import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { ModelCall, ModelLedger } from '#server/answers/answerer.ts'
import { estimateTokens } from '#server/answers/chat/build-prompt.ts'
import { ModelFault, type ChatModel } from '#server/answers/chat/chat-model.ts'
import { plainPassage } from '#server/answers/chat/plain-passage.ts'
import { shareTaken } from '#server/answers/chat/share-taken.ts'
import { withDeadlines } from '#server/answers/chat/with-deadlines.ts'
import type { ChatBudgets } from '#server/config.ts'
import { BreakerOpen, type CircuitBreaker } from '#server/search/circuit-breaker.ts'
import type { NoteWriter, WrittenNotes } from './note-writer.ts'
import { readNotesPrompt } from './read-notes-prompt.ts'

const Written = z.object({
  subject: z.string().max(1000),
  content: z.array(z.string().max(2000)).max(20),
})
const NOTES_SCHEMA: Record<string, unknown> = {
  type: 'object',
  additionalProperties: false,
  required: ['subject', 'content'],
  properties: { subject: { type: 'string' }, content: { type: 'array', items: { type: 'string' } } },
}
/** More than this is no summary. */
const MOST_WRITTEN = 20_000
const CHARACTERS_PER_TOKEN = 2
/** Times that a transcript is cut further, since the server found it too long. */
const MOST_SHORTENED = 3

/** The one object of an output, whatever stands around it. @throws ModelFault `unreadable` */
function readWritten(output: string): WrittenNotes {
  const from = output.indexOf('{')
  const to = output.lastIndexOf('}')
  try {
    return Written.parse(JSON.parse(output.slice(from, to + 1)))
  } catch (error) {
    throw new ModelFault('unreadable', `the output held no notes (${output.length} characters)`, { cause: error })
  }
}

export interface ChatNoteWriterOptions extends ChatBudgets {
  model: ChatModel
  output: 'auto' | 'schema' | 'lines'
  /** The same that keeps the model from being asked for answers while it fails. */
  breaker: CircuitBreaker
}

/** Asks a chat model for notes: one try within the budgets of an answer; the extract stands behind it. */
export const createChatNoteWriter = (options: ChatNoteWriterOptions): NoteWriter => {
  const { model, breaker, money, outputTokens } = options
  /** One call. */
  const ask = async (
    prompt: ReturnType<typeof readNotesPrompt>,
    plain: string,
    ledger: ModelLedger,
    signal: AbortSignal | undefined,
  ): Promise<WrittenNotes> => {
    let fence = randomBytes(8).toString('hex')
    while (plain.includes(fence)) fence = randomBytes(8).toString('hex')
    const values: Record<string, string> = { fence, transcript: plain }
    const user = prompt.user.replaceAll(/\{\{(fence|transcript)\}\}/gu, (_, name: string) => values[name] ?? '')
    const tokens = estimateTokens(prompt.system + user)
    const most = money === null ? 0 : (tokens * money.inputPrice + outputTokens * money.outputPrice) / 1_000_000
    if (money !== null && (await ledger.spentToday()) + most > money.perDay)
      throw new ModelFault('out-of-money', `the budget of the day, ${money.perDay}, is used up`)
    const begun = performance.now()
    const call: ModelCall = {
      provider: model.provider,
      model: model.model,
      outcome: 'ok',
      inputTokens: 0,
      outputTokens: 0,
      estimated: false,
      cost: 0,
      firstTokenMs: null,
      tookMs: 0,
    }
    let written = ''
    let tooLong: ModelFault | null = null
    const left = signal ?? new AbortController().signal
    try {
      await breaker.run(async () => {
        try {
          for await (const chunk of withDeadlines(
            (inner) =>
              model.stream(
                // Many servers know no schemas; the prompt says the form as well.
                { system: prompt.system, user, schema: options.output === 'schema' ? NOTES_SCHEMA : null },
                { outputTokens, signal: inner },
              ),
            options,
            left,
          ))
            if (chunk.kind === 'usage') {
              call.inputTokens += chunk.input
              call.outputTokens += chunk.output
            } else if (chunk.kind === 'text') {
              call.firstTokenMs ??= Math.round(performance.now() - begun)
              written += chunk.text
              if (written.length > MOST_WRITTEN) throw new ModelFault('out-of-tokens', 'the output does not end')
            }
        } catch (error) {
          // Who has left did not see a failure, and a server that finds a prompt too long is well.
          if (error instanceof ModelFault && error.tooLong !== null) tooLong = error
          else if (!left.aborted) throw error
        }
      })
      left.throwIfAborted()
      if (tooLong !== null) throw tooLong
      return readWritten(written)
    } catch (error) {
      const fault = error instanceof BreakerOpen ? new ModelFault('resting', error.message) : error
      call.outcome = fault instanceof ModelFault ? fault.reason : 'left'
      throw fault
    } finally {
      if (!['resting', 'refused', 'busy', 'unreachable'].includes(call.outcome)) {
        if (call.inputTokens === 0 && call.outputTokens === 0) {
          call.estimated = true
          call.inputTokens = tokens
          call.outputTokens = estimateTokens(written)
        }
        if (money !== null)
          call.cost = (call.inputTokens * money.inputPrice + call.outputTokens * money.outputPrice) / 1_000_000
      }
      call.tookMs = Math.round(performance.now() - begun)
      await ledger.note(call)
    }
  }
  return {
    name: `${model.provider}/${model.model}`,
    async write({ transcript, lang, ledger, signal }) {
      const prompt = readNotesPrompt(lang)
      const room =
        (options.tokensPerAnswer - outputTokens - estimateTokens(prompt.system + prompt.user)) * CHARACTERS_PER_TOKEN
      // Of a long call its end: there it is said what came of it.
      let plain = plainPassage(transcript).slice(-Math.max(1000, room))
      for (let shortened = 0; ; shortened += 1)
        try {
          return { notes: await ask(prompt, plain, ledger, signal), prompt: { name: prompt.name, hash: prompt.hash } }
        } catch (error) {
          if (!(error instanceof ModelFault) || error.tooLong === null || error.reason !== 'refused') throw error
          if (shortened === MOST_SHORTENED) throw error
          plain = plain.slice(-Math.floor(plain.length * shareTaken(error.tooLong, outputTokens)))
        }
    },
  }
}
