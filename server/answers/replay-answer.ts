import type { Context } from '#server/context.ts'
import type { Replay } from './answer-record.ts'
import type { NumberedPassage } from './answerer.ts'
import { promptRuns, readPrompt } from './chat/read-prompt.ts'
import { forceFacts, isInForce } from './force-facts.ts'
import { readAnswerRecord } from './read-answer-record.ts'
import { VERIFIER, verifySentence, type VerifiedSentence } from './verify-sentence.ts'

/**
 * Runs the checks of an answer again over its record: the same proposals, over the passages as they were, with what decided about
 * force then, by the checks of that day. Asks no model and no search.
 * @returns whether everything comes out as recorded; where not, what; what today's checks would say otherwise; and what has become of the
 * cited texts since
 * @throws DomainError `not-found`
 */
export async function replayAnswer(ctx: Context, input: { answerId: string }): Promise<Replay> {
  const record = await readAnswerRecord(ctx, input)
  const differences: Replay['differences'] = []
  const today: Replay['today'] = []
  const differ = (
    what: Replay['differences'][number]['what'],
    subject: string,
    recorded: string,
    replayed: string,
  ): void => {
    differences.push({ what, subject, recorded, replayed })
  }
  const passages = record.passages.flatMap((one): NumberedPassage[] => {
    if (one.text === null) differ('passage-gone', one.passageId, one.hash, '')
    else if (!one.isUnchanged) differ('passage-changed', one.passageId, one.hash, 'another text')
    // What no answerer saw could be the source of nothing.
    return one.text === null || one.isUnseen === true ? [] : [{ ...one, text: one.text }]
  })
  let unsaid: ReadonlySet<string> | null = null
  if (record.prompt !== null) {
    const file = readPrompt(record.lang, record.prompt.name)
    if (file.hash !== record.prompt.hash) differ('prompt-changed', file.name, record.prompt.hash, file.hash)
    unsaid = promptRuns(file)
  }

  const hosts = new Set(record.hosts)
  const kept = new Set(record.quarantined.map(({ passageId }) => passageId))
  const keptNumbers = new Set(record.passages.flatMap(({ passageId, number }) => (kept.has(passageId) ? [number] : [])))
  const shownToModel = passages.filter(({ number }) => !keptNumbers.has(number))
  for (const [at, proposal] of record.proposals.entries()) {
    const check = (verifier: string): VerifiedSentence =>
      verifySentence(proposal, proposal.ownWords ? shownToModel : passages, {
        lang: record.lang,
        ownWords: proposal.ownWords,
        verifier,
        hosts,
        ...(proposal.ownWords && unsaid !== null ? { unsaid } : {}),
      })
    const checked = check(record.verifier)
    if (record.verifier !== VERIFIER) {
      const now = check(VERIFIER)
      const [recorded, replayed] = [checked, now].map((one) => (one.ok ? 'ok' : one.reason))
      if (recorded !== undefined && replayed !== undefined && recorded !== replayed)
        today.push({ subject: `proposal ${at + 1}`, recorded, replayed })
    }
    const ended = proposal.force.some((facts) => !isInForce(facts, record.asOf, proposal.ownWords))
    // Whether a quote leads to a provision follows from the database, not from the checks: as recorded.
    const verdict = !checked.ok
      ? checked.reason
      : ended
        ? 'not-in-force'
        : proposal.reason === 'no-citation' || proposal.reason === 'not-in-force'
          ? proposal.reason
          : 'ok'
    const recorded = proposal.reason ?? 'ok'
    if (verdict !== recorded) differ('verdict', `proposal ${at + 1}`, recorded, verdict)
    else if (checked.ok && JSON.stringify(checked.quotes) !== JSON.stringify(proposal.quotes))
      differ('quotes', `proposal ${at + 1}`, JSON.stringify(proposal.quotes), JSON.stringify(checked.quotes))
  }
  for (const [at, sentence] of record.sentences.entries()) {
    const isProposed = record.proposals.some(({ ok, text }) => ok && text.trim() === sentence.text)
    const misquoted = sentence.citations.find(({ passageId, quote, quoteStart }) => {
      const text = record.passages.find((one) => one.passageId === passageId)?.text
      return text?.slice(quoteStart, quoteStart + quote.length) !== quote
    })
    if (!isProposed || misquoted !== undefined)
      differ('sentence-unsupported', `sentence ${at + 1}`, sentence.text, misquoted?.quote ?? '')
  }

  const citations = record.sentences.flatMap((sentence) => sentence.citations)
  const now = await forceFacts(ctx, citations, record.asOf)
  const since = new Map<string, Replay['since'][number]>()
  for (const facts of now) {
    const then = record.proposals
      .flatMap(({ force }) => force)
      .find((one) => one.passageId === facts.passageId && one.provisionId === facts.provisionId)
    const changes = [
      then?.versionState === facts.versionState
        ? null
        : `version ${then?.versionState ?? 'unknown'} → ${facts.versionState}`,
      then?.versionTo === facts.versionTo
        ? null
        : `version ends ${then?.versionTo ?? 'never'} → ${facts.versionTo ?? 'never'}`,
      then?.wordingTo === facts.wordingTo
        ? null
        : `wording ends ${then?.wordingTo ?? 'never'} → ${facts.wordingTo ?? 'never'}`,
    ].filter((change) => change !== null)
    if (changes.length > 0)
      since.set(`${facts.passageId} ${facts.provisionId}`, {
        passageId: facts.passageId,
        provisionId: facts.provisionId,
        change: changes.join('; '),
      })
  }
  return {
    answerId: record.answerId,
    same: differences.length === 0,
    verifier: { recorded: record.verifier, now: VERIFIER },
    checked: {
      proposals: record.proposals.length,
      sentences: record.sentences.length,
      passages: record.passages.length,
    },
    differences,
    today,
    since: [...since.values()],
  }
}
