import { printedDay } from '#ingest/text/printed-day.ts'
import { today, type Lang } from '#server/context.ts'
import { answer as answerTable } from '#server/db/schema/answers.ts'
import { onceAsked } from '#server/db/once-asked.ts'
import { emit, inTransaction } from '#server/events/event.ts'
import { derivedId, newId } from '#server/ids.ts'
import { maskPersonalData } from '#ingest/text/personal-data.ts'
import { standardSpelling } from '#server/search/analysis/standard-spelling.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import type { RankedPassage } from '#server/search/search.ts'
import type { AnswerContext } from './answer-context.ts'
import type { AnswerRecordData, ForceFacts, RecordedProposal } from './answer-record.ts'
import type { Answerer, AnswererEvent, ProposedSentence } from './answerer.ts'
import { ModelFault } from './chat/chat-model.ts'
import { findInstructions } from './chat/find-instructions.ts'
import { foundInOther, inOtherLanguage } from './in-other-language.ts'
import { forceFacts, isInForce } from './force-facts.ts'
import { passageHash } from './passage-hash.ts'
import { modelLedger } from './model-ledger.ts'
import { gatherPassages, numberPassages } from './gather-passages.ts'
import { citationOf } from './citation-of.ts'
import { chooseBody, isAnothers, presentCompetence, readBodies, type Agency } from './competence.ts'
import { asksOfAnyService, findClarification } from './clarify/find-clarification.ts'
import { ASKED_JUST_SO, isOfNothing } from './clarify/is-of-anything.ts'
import { servicesAmong, servicesHeld } from './clarify/services-held.ts'
import { classifyQuestion } from './scope/classify-question.ts'
import { findGuidance } from './scope/find-guidance.ts'
import { tellSentence } from './tell-sentence.ts'
import type { Answer, AnswerSentence, Fallback, Question } from './schema.ts'
import { VERIFIER, verifySentence, type RejectionReason } from './verify-sentence.ts'

const MOST_SENTENCES = 4
/** Below this a whole answer is called partial. */
const CONFIDENT = 0.5

/** What an answer that rests on changed wording says of itself. */
const CHANGED: Record<Lang, (since: string, by: string | null) => string> = {
  ru: (since, by) =>
    `Ответ опирается на прежнюю редакцию: с ${printedDay(since)} она изменена${by === null ? '' : ` (${by})`}. Сверьтесь с актом.`,
  kk: (since, by) =>
    `Жауап бұрынғы редакцияға сүйенеді: ол ${printedDay(since)} бастап өзгертілген${by === null ? '' : ` (${by})`}. Актімен салыстырыңыз.`,
}

const NO_ANSWER: Record<Lang, string> = {
  ru: 'В базе знаний нет ответа на этот вопрос.',
  kk: 'Білім базасында бұл сұрақтың жауабы жоқ.',
}

/** What is missing, where it is known. */
const KNOWN_GAP: Record<Lang, (gap: string) => string> = {
  ru: (gap) => `Похоже на известный пробел: «${gap}» — ближайший к вопросу акт об этом не говорит.`,
  kk: (gap) => `Белгілі олқылыққа ұқсайды: «${gap}» — сұраққа ең жақын актіде бұл туралы айтылмаған.`,
}

/** The same where the other language may answer: then it is not true of the knowledge base as a whole. */
const NOT_IN_OWN_LANGUAGE: Record<Lang, string> = {
  ru: 'В русских текстах ответа нет. Положения ниже есть только на казахском языке: проверьте, отвечают ли они на вопрос.',
  kk: 'Қазақша мәтіндерде жауап жоқ. Төмендегі ережелер тек орыс тілінде бар: олар сұраққа жауап бере ме, тексеріңіз.',
}

interface Composed {
  answer: Answer
  /** The question without personal data: nothing else of it is kept. */
  question: string
  /** What was looked at and what was dropped. */
  considered: RankedPassage[]
  record: AnswerRecordData
}

/** The name of a body needs nobody's number: what was typed beside it is left out, for the record and for good. */
const withoutPersonalData = (text: string): string => {
  const { text: masked, found } = maskPersonalData(text)
  return found.reduce((left, { placeholder }) => left.replaceAll(placeholder, '…'), masked)
}

/** A text that the database can hold: what it cannot becomes another control character, so that the checks see one as well. */
const storable = (text: string): string => text.replaceAll(/\0|\p{Cs}/gu, '\u001f')

/**
 * A question without the sentences that speak to a model: what a writing model is told. Search and extracts cannot be commanded, so
 * they get the whole: no rule tells an order from a caller's words without fail.
 * @returns the question as it was when nothing else is in it
 */
const withoutInstructions = (question: string): { text: string; leftOut: string[] } => {
  const parts = question.split(/(?<=[.!?…])\s+|\n+/u)
  const leftOut = parts.filter((part) => findInstructions(part).length > 0)
  const text = parts.filter((part) => !leftOut.includes(part)).join(' ')
  return /\p{L}{2}/u.test(text) ? { text, leftOut } : { text: question, leftOut: [] }
}

/** Hosts of the sites and mailboxes that agencies state. */
function agencyHosts(bodies: readonly Agency[]): string[] {
  const hosts = bodies
    .flatMap(({ contacts }) => contacts.filter(({ kind }) => kind !== 'phone'))
    .map(({ value }) =>
      value
        .toLowerCase()
        .replace(/^(?:https?:\/\/)?(?:www\.)?/u, '')
        .replace(/^.*@/u, '')
        .replace(/[/?#:].*$/u, ''),
    )
  return [...new Set(hosts)].toSorted()
}

/**
 * Composes an answer without keeping a record of it. Takes and does the same as `answerQuestion`. The answerer proposes; where it
 * fails, or says nothing that holds, the other one speaks, and the answer says so.
 */
export async function composeAnswer(
  ctx: AnswerContext,
  input: Question & { signal?: AbortSignal },
  onSentence: (sentence: AnswerSentence) => void | Promise<void> = () => {},
): Promise<Composed> {
  const started = performance.now()
  const elapsed = (): number => Math.round((performance.now() - started) * 10) / 10
  const answerId = newId('ans')
  const lang = input.lang ?? detectLanguage(input.question)
  const asOf = input.asOf ?? today(ctx)
  const writer = ctx.answerer.writes
  const masked = maskPersonalData(input.question)
  // A caller's number finds nothing, and an embedder is a model, too.
  const searched = masked.found.reduce((text, { placeholder }) => text.replaceAll(placeholder, ' '), masked.text)
  const spelt = standardSpelling(searched, lang)
  const spoken = writer === null ? { text: input.question, leftOut: [] } : withoutInstructions(input.question)
  const told = maskPersonalData(spoken.text).text
  let competent: ReturnType<typeof readCompetent> | null = null
  /** Whose question it is, told by the directory alone: what is asked does not change with it. */
  const readCompetent = async () => {
    const bodies = await readBodies(ctx)
    const named = chooseBody(bodies, searched, lang, ctx.scope.matches)
    const kind = classifyQuestion(ctx.scope, {
      question: masked.text,
      lang,
      asker: input.asker,
      group: input.group ?? 'services',
      namesSubject: isAnothers(named),
    })
    return { bodies, named, kind, hosts: writer === null ? [] : agencyHosts(bodies) }
  }
  const readCompetentOnce = () =>
    (competent ??= readCompetent().catch((error: unknown) => {
      // Read beside the model: who needs it after a failure reads it again.
      competent = null
      throw error
    }))
  const [{ passages, gaps, knownGap, saidUnanswered, nearestElsewhere, askedBefore, degraded, withOtherLanguage }] =
    await Promise.all([
      gatherPassages(ctx, { question: searched, lang, asOf, within: input.within }),
      writer === null ? readCompetentOnce() : null,
    ])
  const numbered = numberPassages(passages)
  // Extracts quote word for word whatever a passage says to a model: only who writes is kept from it.
  const quarantined =
    writer === null
      ? []
      : passages.flatMap(({ passageId, title, context, text }) => {
          const [first] = findInstructions(`${title}\n${context}\n${text}`)
          return first === undefined ? [] : [{ passageId, ...first }]
        })
  for (const { passageId, rule } of quarantined)
    ctx.log.warn({ passageId, rule }, 'a passage speaks to a model: no model is shown it until an editor has looked')
  const kept = new Set(quarantined.map(({ passageId }) => passageId))
  const unsuspicious = numbered.filter((_, at) => !kept.has(passages[at]?.passageId ?? ''))
  const seenBy = (by: Answerer) => (by.writes === null ? numbered : unsuspicious)

  const rulesId = derivedId('act', ctx.scope.outOfScope.cites.act)
  let sentences: AnswerSentence[] = []
  const shown: { by: Answerer; confidence: number }[] = []
  const proposals: RecordedProposal[] = []
  const record: Pick<AnswerRecordData, 'prompt' | 'unreadable' | 'covers' | 'calls'> = {
    prompt: null,
    unreadable: [],
    covers: null,
    calls: [],
  }
  let firstSentenceMs: number | null = null
  let firstTokenMs: number | null = null
  const report = (event: AnswererEvent): void => {
    if (event.kind === 'prompt') {
      // While the model reads: what it says is judged by it.
      onceAsked(readCompetentOnce).catch(() => {})
      const { name, version, hash, output, passages: given } = event
      record.prompt = { name, version, hash, output, passages: given }
    } else if (event.kind === 'call') {
      record.calls.push(event.call)
      firstTokenMs ??= event.call.firstTokenMs
    } else if (event.kind === 'unreadable') record.unreadable.push(storable(event.text))
    else record.covers = event.covers
  }

  /** Everything that decides whether a proposed sentence is shown. */
  const judge = async (by: Answerer, raw: ProposedSentence) => {
    const proposed = {
      ...raw,
      text: storable(raw.text),
      support: raw.support.map(({ number, quote }) => ({ number, quote: storable(quote) })),
    }
    const ownWords = by.writes !== null
    const allowed = new Set(ownWords ? (await readCompetentOnce()).hosts : [])
    const checked = verifySentence(proposed, seenBy(by), {
      lang,
      ownWords,
      hosts: allowed,
      ...(by.writes === null ? {} : { unsaid: by.writes.unsaid(lang) }),
    })
    const citations = checked.ok
      ? checked.quotes.flatMap(({ number, quote, start }) => {
          const passage = passages[number - 1]
          return (passage === undefined ? null : citationOf(passage, quote, start)) ?? []
        })
      : []
    let force: ForceFacts[] = []
    let failure: { reason: RejectionReason; detail: string } | null = checked.ok ? null : checked
    if (checked.ok && citations.length === 0) failure = { reason: 'no-citation', detail: '' }
    else if (checked.ok) {
      force = await forceFacts(ctx, citations, asOf)
      const ended = force.find((facts) => !isInForce(facts, asOf, ownWords))
      if (ended !== undefined || force.length < citations.length)
        failure = { reason: 'not-in-force', detail: ended?.provisionId ?? ended?.passageId ?? '' }
    }
    proposals.push({
      answerer: by.name,
      ownWords,
      text: proposed.text,
      support: proposed.support,
      confidence: proposed.confidence,
      atMs: elapsed(),
      ok: failure === null,
      reason: failure?.reason ?? null,
      detail: failure?.detail ?? null,
      quotes: checked.ok ? checked.quotes : [],
      force,
    })
    return failure === null && checked.ok ? { text: checked.text, citations } : null
  }

  // Of what names nothing any passage is as good: who writes would find words for it. Without a model extracts look at the passage that they would quote.
  const isAnybodys = input.within === undefined && askedBefore < ASKED_JUST_SO && isOfNothing(spelt)
  const speak = async (by: Answerer): Promise<void> => {
    // An editor has looked, or another language has what is asked; a model would only be talked into something.
    if (saidUnanswered !== null || nearestElsewhere !== null || (writer !== null && isAnybodys)) return
    const isSecond = sentences.length > 0
    // A wish to appeal gets its guidance (п. 12) with an answer and without: extracts that are not sure need not stand beside it.
    const isGuided = by.writes === null && (await readCompetentOnce()).kind?.kind === 'appeal'
    for await (const proposed of by.propose({
      question: by.writes === null ? searched : told,
      lang,
      asOf,
      passages: seenBy(by),
      gaps,
      isGuided,
      isNarrowed: input.within !== undefined,
      report,
      ledger: modelLedger(ctx, answerId),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    })) {
      const sentence = await judge(by, proposed)
      if (sentence === null) continue
      const told = tellSentence(sentences, sentence, isSecond)
      sentences = told.sentences
      if (!told.isNew) continue
      input.signal?.throwIfAborted()
      shown.push({ by, confidence: proposed.confidence })
      firstSentenceMs ??= elapsed()
      await onSentence(sentence)
      if (sentences.length === MOST_SENTENCES) break
    }
  }

  let reason: Fallback['reason'] | null = null
  try {
    await speak(ctx.answerer)
  } catch (error) {
    input.signal?.throwIfAborted()
    if (!(error instanceof ModelFault)) throw error
    reason = error.reason
  }
  // Who has hung up was not refused: nothing is recorded.
  input.signal?.throwIfAborted()
  let fallback: Fallback | null = null
  const other = ctx.fallbackAnswerer
  if (writer !== null && other !== null && saidUnanswered === null) {
    // Neither a model's sentences are believed nor its refusal: a passage may have talked it into that.
    if (sentences.length === 0)
      reason ??= proposals.length > 0 || record.unreadable.length > 0 ? 'nothing-verified' : 'found-nothing'
    if (reason !== null) {
      const before = sentences.length
      if (before < MOST_SENTENCES) await speak(other)
      input.signal?.throwIfAborted()
      if (reason !== 'found-nothing' || sentences.length > before)
        fallback = { from: ctx.answerer.name, to: other.name, reason }
    }
  }

  const speakers = new Set(shown.map(({ by }) => by))
  const isDropped = proposals.some(({ ok, answerer }) => !ok && [...speakers].some(({ name }) => name === answerer))
  const isModels = speakers.has(ctx.answerer) && writer !== null
  const confidence = Math.max(0, ...shown.map((one) => one.confidence))
  const changes = sentences.flatMap(({ citations }) => citations.map((citation) => citation.sourceChanged))
  // Words that stand under another number now are in force as they were.
  const change = changes.every((one) => one !== null && one.movedTo === null) ? (changes[0] ?? null) : null
  const status =
    sentences.length === 0
      ? 'no_answer'
      : change !== null ||
          confidence < CONFIDENT ||
          isDropped ||
          (isModels && (record.covers === 'part' || record.covers === 'none' || fallback !== null))
        ? 'partial'
        : 'answered'
  const isOfAny = input.within === undefined && asksOfAnyService(spelt, lang)
  const clarify = findClarification({
    question: spelt,
    lang,
    passages,
    services: isOfAny ? await servicesHeld(ctx, { lang, asOf, passages }) : servicesAmong(passages, lang),
    isAnswered: status === 'answered',
    isNarrowed: input.within !== undefined,
  })
  const { bodies, named, kind, hosts } = await readCompetentOnce()
  const infrastructure = bodies.find((body) => body.kind === 'infrastructure-operator') ?? null
  const found = await findGuidance(ctx, ctx.scope, {
    question: masked.text,
    lang,
    asOf,
    body: input.body === undefined ? undefined : withoutPersonalData(input.body),
    kind,
    named,
    infrastructure,
    cited:
      status === 'no_answer'
        ? null
        : sentences.flatMap(({ citations }) =>
            citations.map(({ passageId, actId, actTitle, quote }) => {
              const title = passages.find((passage) => passage.passageId === passageId)?.title ?? ''
              // The Rules are about all that the centre does: what of it an article is about says its own title.
              return { actId, title: actId === rulesId ? title : `${actTitle}\n${title}`, quote }
            }),
          ),
  })
  const competence =
    status === 'no_answer'
      ? presentCompetence({ named, infrastructure, isIctRequest: found?.kind === 'ict-request' }, lang)
      : null
  // What is asked back may find the answer yet: nobody is asked for a clarification before.
  const guidance = clarify !== null && found?.kind === 'unanswered' ? null : found
  input.signal?.throwIfAborted()
  const both = status === 'no_answer' ? await withOtherLanguage() : null
  const elsewhere = both === null ? null : await inOtherLanguage(ctx, both, { lang, asOf })
  // What is pointed at is on record, whether or not an answerer saw it.
  const isSeen = new Set(passages.map(({ passageId }) => passageId))
  const pointedAt = new Set(elsewhere?.citations.map(({ passageId }) => passageId))
  const lookedAt = both === null ? [] : foundInOther(both)
  const considered = [
    ...passages,
    ...lookedAt.filter(({ passageId }) => pointedAt.has(passageId) && !isSeen.has(passageId)),
  ]
  // Both are said: what the own language lacks, and where the other one may have it.
  const gap = status === 'no_answer' ? knownGap : null
  const refused = elsewhere === null ? NO_ANSWER[lang] : NOT_IN_OWN_LANGUAGE[lang]
  const refusal = gap === null ? refused : `${refused} ${KNOWN_GAP[lang](gap)}`
  const leftOut = spoken.leftOut.map((text) => maskPersonalData(text).text)
  const answer: Answer = {
    answerId,
    status,
    lang,
    asOf,
    sentences,
    message: status === 'no_answer' ? refusal : change === null ? null : CHANGED[lang](change.since, change.by),
    competence,
    guidance,
    inOtherLanguage: elsewhere,
    knownGap: gap,
    clarify,
    answerer:
      speakers.size === 0 ? (fallback?.to ?? ctx.answerer.name) : [...speakers].map(({ name }) => name).join(' + '),
    model:
      writer === null ? null : { provider: writer.provider, name: writer.model, prompt: record.prompt?.name ?? null },
    fallback,
    leftOut,
    quarantined: quarantined.length,
    // An engine that failed at the second search of a refusal is told as well.
    degraded: both?.degraded ?? degraded,
    tookMs: elapsed(),
  }
  return {
    answer,
    question: masked.text,
    considered,
    record: {
      version: 1,
      verifier: VERIFIER,
      hosts,
      masked: masked.found.map(({ kind }) => kind),
      ...record,
      passages: considered.map((passage, at) => ({
        number: at + 1,
        passageId: passage.passageId,
        versionId: passage.versionId,
        hash: passageHash(passage),
        label: passage.label,
        score: passage.score,
        edition: passage.citation?.edition ?? null,
        ...(pointedAt.has(passage.passageId) ? { isPointedAt: true } : {}),
        ...(isSeen.has(passage.passageId) ? {} : { isUnseen: true }),
      })),
      quarantined,
      leftOut,
      knownGap: gap,
      saidUnanswered,
      nearestElsewhere,
      proposals,
      tokens: {
        input: record.calls.reduce((sum, call) => sum + call.inputTokens, 0),
        output: record.calls.reduce((sum, call) => sum + call.outputTokens, 0),
      },
      cost: record.calls.reduce((sum, call) => sum + call.cost, 0),
      firstSentenceMs,
      firstTokenMs,
    },
  }
}

/**
 * Answers a question from the knowledge base alone (п. 9), or says honestly that it has no answer and whose question
 * it is (п. 10). What the answerer proposes is shown only when verification in code has passed it.
 * @param onSentence called with each sentence as soon as it has passed
 * @returns the answer; its record (question without personal data, passages, proposals, checks, calls) is stored
 */
export async function answerQuestion(
  ctx: AnswerContext,
  input: Question & { signal?: AbortSignal },
  onSentence: (sentence: AnswerSentence) => void | Promise<void> = () => {},
): Promise<Answer> {
  const { answer, question, considered, record } = await composeAnswer(ctx, input, onSentence)
  const { answerId: id, status, lang, asOf, sentences, competence, guidance, answerer, fallback, tookMs } = answer
  await inTransaction(ctx, async (tx) => {
    await tx.db.insert(answerTable).values({
      id,
      question,
      lang,
      asOf,
      status,
      sentences,
      passages: considered.map(({ passageId, versionId, label, score }) => ({ passageId, versionId, label, score })),
      checks: record.proposals.flatMap(({ ok, text, reason }) => (ok ? [] : [{ text, reason }])),
      competence,
      guidance,
      answerer,
      model: ctx.answerer.writes === null ? null : ctx.answerer.name,
      fallback,
      record,
      tookMs: Math.round(tookMs),
      actorId: ctx.actor.id,
      at: ctx.now(),
    })
    await emit(tx, { type: 'answer.given', subjectId: id, payload: { status } })
  })
  return answer
}
