import { randomBytes } from 'node:crypto'
import type { NumberedPassage } from '../answerer.ts'
import type { ChatPrompt } from './chat-model.ts'
import { plainPassage } from './plain-passage.ts'
import { PROPOSAL_SCHEMA } from './read-proposals.ts'
import type { PromptFile } from './read-prompt.ts'

/** More passages confuse a model more than they help it. */
const MOST_PASSAGES = 12

/** Tokens of a text, rather too many than too few: Cyrillic takes a token for two to four characters. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 2)

const WORDS = {
  ru: { passage: 'выдержка', about: 'Название' },
  kk: { passage: 'үзінді', about: 'Атауы' },
} as const

export interface BuiltPrompt {
  prompt: ChatPrompt
  /** Numbers of the passages that it holds. */
  numbers: number[]
  /** Upper estimate of its tokens. */
  tokens: number
}

/**
 * The prompt for a question: numbered passages, best first, as many as the budget allows, each between marks that nobody who wrote
 * a passage can know, without links and without what is not seen. A model gets no ids and no addresses of pages.
 * @param input.question personal data in it is masked already
 * @param input.tokens most that the prompt may take
 * @param input.fence the mark; random for each request unless a test says otherwise
 * @returns null when not even the best passage fits, or there is none
 */
export const buildPrompt = (input: {
  file: PromptFile
  question: string
  asOf: string
  passages: readonly NumberedPassage[]
  output: 'schema' | 'lines'
  tokens: number
  fence?: string
}): BuiltPrompt | null => {
  const { file, asOf, output, passages } = input
  let fence = input.fence ?? randomBytes(8).toString('hex')
  const question = plainPassage(input.question)
  while (passages.some(({ text }) => text.includes(fence)) || question.includes(fence))
    fence = randomBytes(8).toString('hex')
  const words = WORDS[file.lang]
  const system = `${file.system}\n\n${file[output]}`
  const schema = output === 'schema' ? PROPOSAL_SCHEMA : null
  let left =
    input.tokens - estimateTokens(system + file.user + question + (schema === null ? '' : JSON.stringify(schema)))
  const blocks: string[] = []
  const numbers: number[] = []
  for (const { number, label, title, context, text } of passages) {
    const about = [title, context]
      .map((part) => plainPassage(part).replaceAll(/\s*\n\s*/gu, ' '))
      .filter((part) => part !== '')
    const block = [
      `<${fence} ${words.passage} ${number}>`,
      `${words.about}: ${plainPassage(label)}. ${about.join('. ')}`,
      plainPassage(text),
      `</${fence} ${words.passage} ${number}>`,
    ].join('\n')
    const tokens = estimateTokens(block)
    if (tokens > left || numbers.length === MOST_PASSAGES) break
    left -= tokens
    blocks.push(block)
    numbers.push(number)
  }
  if (numbers.length === 0) return null
  const values: Record<string, string> = { fence, passages: blocks.join('\n\n'), asOf, question }
  // One pass: a placeholder within a passage stays what it is, a text.
  const user = file.user.replaceAll(/\{\{(fence|passages|asOf|question)\}\}/gu, (_, name: string) => values[name] ?? '')
  return { prompt: { system, user, schema }, numbers, tokens: input.tokens - left }
}
