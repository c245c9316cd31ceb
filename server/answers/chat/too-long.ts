import type { TooLong } from './chat-model.ts'

const WORDS =
  /exceed_context_size|context_length_exceeded|prompt is too long|(?:maximum|available) context|(?:exceeds?|larger than|beyond) (?:the |its |this model's )?(?:\w+ )?context/iu
/** The most that a server takes, as its message has it. */
const LIMITS = [
  /maximum context length (?:is|of) (\d+)/iu,
  /context (?:size|window|length)\D{0,5}(\d+)/iu,
  /tokens > (\d+) maximum/iu,
]
/** The tokens of a prompt, as its message has them: first those of the prompt alone. */
const GIVEN = [
  /\((\d+) in the messages/iu,
  /prompt contains (?:at least )?(\d+)/iu,
  /request \((\d+) tokens\)/iu,
  /too long: (\d+) tokens/iu,
  /resulted in (\d+) tokens/iu,
]

const firstNumber = (text: string, patterns: readonly RegExp[]): number | null => {
  for (const pattern of patterns) {
    const found = Number(pattern.exec(text)?.[1])
    if (Number.isInteger(found) && found > 0) return found
  }
  return null
}

/**
 * Whether a server refused a prompt for its length. Every server says so with the same status as other refusals, in words of its own:
 * OpenAI, vLLM, llama.cpp (`exceed_context_size_error`), Anthropic, Ollama. Pure.
 * @param message what the server or its client said
 * @param body of the refusal, where the client kept it: llama.cpp tells both numbers in fields
 * @returns null when it was refused for something else
 */
export function readTooLong(message: string, body: unknown): TooLong | null {
  const {
    n_prompt_tokens: given,
    n_ctx: limit,
    type,
    code,
  } = body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {}
  if (!WORDS.test(`${message} ${String(type)} ${String(code)}`)) return null
  return {
    promptTokens: typeof given === 'number' ? given : firstNumber(message, GIVEN),
    contextTokens: typeof limit === 'number' ? limit : firstNumber(message, LIMITS),
  }
}
