import type { Answer } from '#server/answers/schema.ts'

/** Tells in the terminal what to do with a question that has no answer, and asks back where it is not clear. */
export function sayGuidance({ guidance, clarify }: Pick<Answer, 'guidance' | 'clarify'>): void {
  if (guidance !== null) {
    process.stdout.write(`${guidance.text}\n`)
    if (guidance.citation !== null)
      process.stdout.write(`    ${guidance.citation.label}: «${guidance.citation.quote}»\n`)
    if (guidance.draft !== null) process.stdout.write(`\n${guidance.draft.subject}\n\n${guidance.draft.body}\n\n`)
  }
  if (clarify !== null)
    process.stdout.write(`${clarify.question}\n${clarify.choices.map(({ label }) => `  - ${label}`).join('\n')}\n`)
}
