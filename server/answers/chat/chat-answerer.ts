import type { ChatBudgets } from '#server/config.ts'
import type { Lang } from '#server/context.ts'
import { BreakerOpen, type CircuitBreaker } from '#server/search/circuit-breaker.ts'
import type { Answerer, AnswererInput, ModelCall, ProposedSentence } from '../answerer.ts'
import { buildPrompt, estimateTokens, type BuiltPrompt } from './build-prompt.ts'
import { createChannel } from './channel.ts'
import { ModelFault, type ChatChunk, type ChatModel } from './chat-model.ts'
import { shareTaken } from './share-taken.ts'
import { createProposalReader } from './read-proposals.ts'
import { promptRuns, readPrompt } from './read-prompt.ts'
import { withDeadlines } from './with-deadlines.ts'

/** Of a try that gave nothing: the first wait before the next one; doubled each time, with a random part. */
const BACKOFF_MS = 200
/** Sentences beyond these are not asked for. */
const MOST_PROPOSALS = 16
/** Times that a prompt is made shorter for one question, since the server found it too long. */
const MOST_SHORTENED = 3

export interface ChatAnswererOptions extends ChatBudgets {
  model: ChatModel
  output: 'auto' | 'schema' | 'lines'
  breaker: CircuitBreaker
  /** Told of everything that fails; the message holds no prompt. */
  onFault?: (fault: ModelFault) => void
}

/**
 * Worth another try: not what was refused, nor what has used up time, tokens or money; nor a server that did not begin in time: it may
 * still be reading the prompt that was given up, and needs as long for the next one.
 */
const isPassing = ({ reason, tooLong }: ModelFault): boolean =>
  ['busy', 'server-error', 'unreachable', 'broken-off', 'stalled', 'unreadable'].includes(reason) ||
  (tooLong !== null && reason === 'out-of-tokens')

/** The server was not asked, or did not take the prompt. */
const isUnread = ({ reason }: ModelFault): boolean =>
  ['resting', 'refused', 'busy', 'unreachable', 'server-error', 'out-of-money'].includes(reason)

/** What servers that know no schemas answer a prompt with one. */
const mayRefuseSchema = ({ reason, status }: ModelFault): boolean =>
  reason === 'refused' && status !== null && ([400, 404, 415, 422].includes(status) || status >= 500)

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer)
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, ms)
    signal?.addEventListener('abort', leave, { once: true })
  })

const unsaid = (lang: Lang): ReadonlySet<string> => promptRuns(readPrompt(lang))

/**
 * An answerer that asks a chat model, within its budgets of time, tries, tokens and money. It proposes a sentence as soon as the
 * model has closed its object. A try is repeated only while nothing has come of it. Its breaker keeps a server that fails from
 * being asked by every caller.
 */
export const createChatAnswerer = (options: ChatAnswererOptions): Answerer => {
  const { model, breaker, money, onFault = () => {} } = options
  /** Set when the server refused a schema: from then on the prompt alone says what to write. */
  let schemaRefused = false
  /** The longest prompts that the server takes, by our reckoning, once it has found one too long; it counts each language otherwise. */
  const room = new Map<Lang, number>()
  /** Tokens that the server counts for one of ours, by language: some models take one for each Cyrillic letter. Never under 1. */
  const weights = new Map<Lang, number>()
  /** Money that calls under way may still cost. */
  let reserved = 0
  const costOf = (input: number, output: number): number =>
    money === null ? 0 : (input * money.inputPrice + output * money.outputPrice) / 1_000_000

  /** One try: what the model proposes, from the first object to the last. */
  async function* attempt(
    input: AnswererInput,
    built: BuiltPrompt,
    limits: { outputTokens: number; totalMs: number },
  ): AsyncGenerator<ProposedSentence> {
    const { prompt } = built
    const left = new AbortController()
    const signal = input.signal === undefined ? left.signal : AbortSignal.any([input.signal, left.signal])
    const begun = performance.now()
    const channel = createChannel<ChatChunk>()
    let tokensIn = 0
    let tokensOut = 0
    let written = ''
    let firstTokenMs: number | null = null
    let outcome: ModelCall['outcome'] = 'left'
    let ended = false
    const reader = createProposalReader()
    // The breaker judges the server by the whole stream; what is done with the text is no matter of its.
    const stream = breaker.run(async () => {
      try {
        for await (const chunk of withDeadlines(
          (inner) => model.stream(prompt, { outputTokens: limits.outputTokens, signal: inner }),
          { ...options, totalMs: limits.totalMs },
          signal,
        ))
          channel.push(chunk)
        channel.close()
      } catch (error) {
        // Who has left did not see a failure; and a server is well that finds a prompt too long or knows no schema.
        if (signal.aborted) channel.close()
        else if (
          error instanceof ModelFault &&
          (error.tooLong !== null || (prompt.schema !== null && options.output === 'auto' && mayRefuseSchema(error)))
        )
          channel.close(error)
        else throw error
      }
    })
    stream.catch((error: unknown) =>
      channel.close(error instanceof BreakerOpen ? new ModelFault('resting', error.message) : error),
    )
    try {
      let proposals = 0
      let unread = 0
      let cut = false
      for await (const chunk of channel) {
        if (chunk.kind === 'usage') {
          tokensIn += chunk.input
          tokensOut += chunk.output
          continue
        }
        if (chunk.kind === 'stopped') {
          cut = chunk.why === 'length'
          continue
        }
        firstTokenMs ??= performance.now() - begun
        written += chunk.text
        for (const event of reader.push(chunk.text)) {
          if (event.kind === 'unreadable') {
            unread += 1
            input.report?.(event)
          } else if (event.kind === 'end') {
            ended = true
            input.report?.(event)
          } else if (proposals < MOST_PROPOSALS) {
            proposals += 1
            yield { text: event.text, support: event.support, confidence: 1 }
          }
        }
      }
      input.signal?.throwIfAborted()
      for (const event of reader.finish()) {
        if (event.kind === 'sentence') {
          proposals += 1
          yield { text: event.text, support: event.support, confidence: 1 }
        } else if (event.kind === 'end') {
          ended = true
          input.report?.(event)
        } else {
          unread += 1
          input.report?.(event)
        }
      }
      if (cut && !ended)
        throw new ModelFault('out-of-tokens', `the output was cut at ${tokensOut || limits.outputTokens} tokens`, {
          // Cut before its own limit: prompt and output together have filled the context of the server.
          tooLong:
            tokensOut > 0 && tokensOut < limits.outputTokens
              ? { promptTokens: tokensIn, contextTokens: tokensIn + tokensOut }
              : null,
        })
      if (!ended && proposals === 0)
        throw new ModelFault(
          written.trim() === '' ? 'broken-off' : 'unreadable',
          `the output held no sentence (${written.length} characters, ${unread} unreadable objects)`,
        )
      if (!ended) throw new ModelFault('broken-off', 'the output ended before its last line')
      outcome = 'ok'
    } catch (error) {
      if (error instanceof ModelFault) outcome = error.reason
      throw error
    } finally {
      left.abort()
      const estimated = tokensIn === 0 && tokensOut === 0 && outcome !== 'resting'
      // Nothing was charged for a call that was not made or not accepted.
      const isCharged = !['resting', 'refused', 'busy', 'unreachable'].includes(outcome)
      if (!estimated && tokensIn > 0)
        weights.set(input.lang, Math.max(weights.get(input.lang) ?? 1, tokensIn / built.tokens))
      if (estimated && isCharged) {
        tokensIn = Math.ceil(estimateTokens(prompt.system + prompt.user) * (weights.get(input.lang) ?? 1))
        tokensOut = estimateTokens(written)
      }
      const call: ModelCall = {
        provider: model.provider,
        model: model.model,
        outcome,
        inputTokens: tokensIn,
        outputTokens: tokensOut,
        estimated: estimated && isCharged,
        cost: costOf(tokensIn, tokensOut),
        firstTokenMs: firstTokenMs === null ? null : Math.round(firstTokenMs),
        tookMs: Math.round(performance.now() - begun),
      }
      input.report?.({ kind: 'call', call })
      await input.ledger?.note(call)
    }
  }

  return {
    name: `${model.provider}/${model.model}`,
    writes: { provider: model.provider, model: model.model, unsaid },
    prepare: () => model.prepare(),
    async *propose(input) {
      const begun = performance.now()
      const file = readPrompt(input.lang)
      // What the model cannot quote in the caller's language it need not see.
      const passages = input.passages.filter(({ lang }) => lang === input.lang)
      if (passages.length === 0) {
        input.report?.({ kind: 'end', covers: 'none' })
        return
      }
      const weight = weights.get(input.lang) ?? 1
      let tokens = options.tokensPerAnswer
      let withoutSchema = schemaRefused
      let shortened = 0
      const fail = (fault: ModelFault): never => {
        onFault(fault)
        throw fault
      }
      for (let tries = 0; ;) {
        const output = options.output === 'lines' || (options.output === 'auto' && withoutSchema) ? 'lines' : 'schema'
        const outputTokens = Math.min(options.outputTokens, tokens)
        const built = buildPrompt({
          file,
          question: input.question,
          asOf: input.asOf,
          passages,
          output,
          tokens: Math.min((tokens - outputTokens) / weight, room.get(input.lang) ?? Infinity),
        })
        if (built === null)
          return fail(
            new ModelFault(
              'out-of-tokens',
              room.has(input.lang)
                ? "the server's context is too small for a prompt with one passage"
                : `${tokens} tokens are left, too few for a prompt with one passage`,
            ),
          )
        const most = costOf(built.tokens * weight, outputTokens)
        if (money !== null) {
          const spent = (await input.ledger?.spentToday()) ?? 0
          if (spent + reserved + most > money.perDay)
            return fail(new ModelFault('out-of-money', `the budget of the day, ${money.perDay}, is used up`))
        }
        input.report?.({
          kind: 'prompt',
          name: file.name,
          version: file.version,
          hash: file.hash,
          output,
          passages: built.numbers,
        })
        reserved += most
        let proposed = 0
        try {
          for await (const sentence of attempt(input, built, {
            outputTokens,
            totalMs: options.totalMs - (performance.now() - begun),
          })) {
            proposed += 1
            schemaRefused = withoutSchema
            yield sentence
          }
          schemaRefused = withoutSchema
          return
        } catch (error) {
          if (error instanceof ModelFault && error.tooLong !== null)
            room.set(input.lang, Math.floor(built.tokens * shareTaken(error.tooLong, outputTokens)))
          // It read a prompt without one: the schema was what it had refused.
          if (error instanceof ModelFault && !isUnread(error)) schemaRefused = withoutSchema
          if (!(error instanceof ModelFault) || proposed > 0) {
            if (error instanceof ModelFault) onFault(error)
            throw error
          }
          // Nothing was read of it: a shorter one is no second try.
          if (error.tooLong !== null && error.reason === 'refused' && shortened < MOST_SHORTENED) {
            onFault(error)
            shortened += 1
            continue
          }
          if (mayRefuseSchema(error) && output === 'schema' && options.output === 'auto') {
            // Many servers know no schemas: without one, at once, and so from now on if that is answered.
            withoutSchema = true
            continue
          }
          tokens -= built.tokens * weight
          const wait = error.retryAfterMs ?? BACKOFF_MS * 2 ** tries * (0.5 + Math.random())
          const timeLeft = options.totalMs - (performance.now() - begun) - wait
          if (!isPassing(error) || tries >= options.retries || timeLeft <= 0) return fail(error)
          onFault(error)
          tries += 1
          await pause(wait, input.signal)
        } finally {
          reserved -= most
        }
      }
    },
  }
}
