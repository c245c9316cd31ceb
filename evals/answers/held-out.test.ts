import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const CASES = new URL('../cases/', import.meta.url)
const QUESTIONS = new URL('../../content/questions/', import.meta.url)
const bare = (question: string): string =>
  question
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()

interface Questions {
  questions: Record<string, string[]>
}
const samples = new Set(
  readdirSync(QUESTIONS).flatMap((name) => {
    const { questions, gaps } = parse(readFileSync(new URL(name, QUESTIONS), 'utf8')) as Questions & {
      gaps?: Questions
    }
    return [questions, gaps?.questions ?? {}].flatMap((of) => Object.values(of).flat().map(bare))
  }),
)
const fittedOver = new Set(
  readdirSync(CASES)
    .filter((name) => /^(?:fitting|unanswerable-dev)\./.test(name))
    .flatMap((name) => {
      const { cases } = parse(readFileSync(new URL(name, CASES), 'utf8')) as { cases: { question: string }[] }
      return cases.map(({ question }) => bare(question))
    }),
)

// Else a held-out figure would say how well a question is looked up.
it.each(readdirSync(CASES).filter((name) => name.includes('held-out')))(
  'no question of %s is a sample question, nor one about a known gap, nor one that models are fitted over',
  (name) => {
    const { cases } = parse(readFileSync(new URL(name, CASES), 'utf8')) as { cases: { question: string }[] }
    expect(
      cases
        .map(({ question }) => question)
        .filter((question) => samples.has(bare(question)) || fittedOver.has(bare(question))),
    ).toEqual([])
  },
)
