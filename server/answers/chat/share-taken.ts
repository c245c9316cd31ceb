import type { TooLong } from './chat-model.ts'

/** Where a server said no numbers: enough that a few tries come to something. */
const UNSAID = 0.5
/** A prompt that was too long by a token must become shorter. */
const MOST = 0.95

/**
 * How much of a prompt that was too long a server takes, if the output is to have its place beside it. Pure.
 * @param outputTokens most that is to be written
 * @returns a share of the prompt, under 1
 */
export const shareTaken = ({ promptTokens, contextTokens }: TooLong, outputTokens: number): number =>
  promptTokens === null || promptTokens === 0 || contextTokens === null
    ? UNSAID
    : // An output that would take most of a small context is not given all of it.
      Math.min(MOST, Math.max(contextTokens - outputTokens, contextTokens / 2) / promptTokens)
