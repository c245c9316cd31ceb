import type { Logger } from 'pino'
import { answerQuestion } from '#server/answers/answer-question.ts'
import { createChannel, type Channel } from '#server/answers/chat/channel.ts'
import type { AnswerContext } from '#server/answers/answer-context.ts'
import type { Answer, AnswerSentence } from '#server/answers/schema.ts'
import { call, callAnswer } from '#server/db/schema/inquiries.ts'
import { eq } from 'drizzle-orm'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { search } from '#server/search/search.ts'
import type { SearchResult } from '#server/search/schema.ts'
import { findQuestions, subjectAmong } from '../questions/find-questions.ts'
import { noteAsked } from '#server/answers/note-asked.ts'
import type { Segment } from '../schema.ts'
import { answersOf, isOpenTo, segmentsOf } from './call-queries.ts'
import { speechOf } from './speech-of.ts'

export type AssistEvent =
  /** Stretches that are new or have changed. */
  | { kind: 'transcript'; state: 'live' | 'ended'; segments: Segment[] }
  /** @param tookMs from when the words were heard here until their passages were found */
  | { kind: 'passages'; query: string; result: SearchResult; tookMs: number }
  | { kind: 'asking'; question: string }
  | { kind: 'sentence'; sentence: AnswerSentence }
  | { kind: 'answer'; question: string; answer: Answer }
  | { kind: 'failed'; question: string }
  /** Nothing more will come: the transcript is deleted, or the server stops. */
  | { kind: 'end'; why: 'forgotten' | 'stopping' }

/** Listens to calls and suggests, for as long as somebody watches. */
export interface AssistDesk {
  /** Told after something of a call was stored. */
  heard(callId: string): void
  /**
   * Everything of a call from now on, what was said before first. Ends with its signal, when the call is another operator's from now on, when
   * its reader lags behind, and at once for one who has as many streams as anybody may.
   */
  watch(ctx: AnswerContext, callId: string, signal: AbortSignal): AsyncIterable<AssistEvent>
  /** Whether somebody has as many streams as anybody may. */
  isFull(actorId: string): boolean
  /** Ends all watching. */
  stop(): void
}

/** Words that are looked for: of a long story the last ones say what it is about. */
const MOST_WORDS = 24
const LONGEST_QUERY = 400
const LONGEST_QUESTION = 1000
/** Stretches before the caller's turn in which its subject may have been named. */
const MOST_EARLIER = 40
const MOST_PASSAGES = 5

/** Of one user or key, over all calls. */
const MOST_STREAMS = 16
/** Events that wait for one reader: more than a connection that lives ever has. */
const MOST_WAITING = 256

interface Watcher {
  ctx: AnswerContext
  channel: Channel<AssistEvent>
  tell: (event: AssistEvent) => void
  leave: () => void
}

/** The caller's words since the operator last spoke, oldest first. */
function turnOf(segments: readonly Segment[]): Segment[] {
  const spoken = segments.filter(({ text }) => /\p{L}/u.test(text))
  if (spoken.length === 0) return []
  const lastOperator = spoken.findLastIndex(({ speaker }) => speaker === 'operator')
  const turn = spoken.slice(lastOperator + 1)
  // An operator's «алло» or «да-да» between two halves of a question ends nothing.
  const words = spoken[lastOperator]?.text.split(/\s+/u).length ?? 0
  return turn.length > 0 || words > 2 ? turn : turnOf(spoken.slice(0, Math.max(0, lastOperator)))
}

/** Placeholders of what was masked find nothing; sentences that speak to a model are not what the caller is about. */
const searchable = (segments: readonly Segment[]): string =>
  segments
    .flatMap(({ text }) => speechOf(text))
    .join(' ')
    .replaceAll(/\[\p{L}+(?:-\d+)?\]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(-MOST_WORDS)
    .join(' ')
    .slice(-LONGEST_QUERY)

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * One session a call that is watched, whoever and however many watch it. Partial words are searched at most every `restMs`; a question is
 * answered when the stretch that holds it is final, and a newer one cancels it.
 * @param options.pollMs pause between looks for what other servers have taken; `mostWaiting`: events that wait for one reader
 */
export function createAssistDesk(options: {
  log: Logger
  restMs?: number
  pollMs?: number
  mostWaiting?: number
}): AssistDesk {
  const { log, restMs = 200, pollMs = 1000, mostWaiting = MOST_WAITING } = options
  const sessions = new Map<string, Session>()
  let stopped = false

  interface Session {
    watchers: Set<Watcher>
    look: () => void
    close: (why: 'forgotten' | 'stopping' | 'nobody') => void
    /** What a newcomer is told at once. */
    catchUp: () => AssistEvent[]
  }

  const open = (callId: string): Session => {
    const watchers = new Set<Watcher>()
    const segments = new Map<string, Segment>()
    let state: 'live' | 'ended' = 'live'
    let revision = -1
    let looking: Promise<void> | null = null
    let again = false
    let heardAt = performance.now()
    let timer: NodeJS.Timeout | null = null
    let searched = ''
    let searches = 0
    let lastPassages: AssistEvent | null = null
    let lastAnswer: AssistEvent | null = null
    let asked: { key: string; abort: AbortController } | null = null
    /** Stretches whose question was answered before anybody watched. */
    const answered = new Set<string>()

    const tell = (event: AssistEvent): void => {
      for (const watcher of watchers) watcher.tell(event)
    }
    const anybody = (): AnswerContext | null => [...watchers][0]?.ctx ?? null
    const inOrder = (): Segment[] =>
      [...segments.values()].toSorted((a, b) => a.order - b.order || a.id.localeCompare(b.id))

    const suggest = async (since: number): Promise<void> => {
      timer = null
      try {
        const ctx = anybody()
        const turn = turnOf(inOrder()).filter(({ speaker }) => speaker === 'caller')
        const q = searchable(turn)
        if (ctx === null || plain(q) === searched || plain(q).split(' ').length < 2) return
        searched = plain(q)
        const mine = (searches += 1)
        const result = await search(ctx, { q, lang: detectLanguage(q), limit: MOST_PASSAGES })
        // Somebody has gone on speaking: only the newest words count.
        if (mine !== searches) return
        lastPassages = { kind: 'passages', query: q, result, tookMs: Math.round(performance.now() - since) }
        tell(lastPassages)
      } catch (error) {
        log.error({ err: error, callId }, 'searching for a call failed')
      }
    }

    const answer = async (ctx: AnswerContext, question: string, segmentId: string): Promise<void> => {
      asked?.abort.abort()
      const abort = new AbortController()
      asked = { key: plain(question), abort }
      tell({ kind: 'asking', question })
      try {
        const given = await answerQuestion(
          ctx,
          { question, lang: detectLanguage(question), signal: abort.signal },
          (sentence) => {
            if (!abort.signal.aborted) tell({ kind: 'sentence', sentence })
          },
        )
        noteAsked(ctx, question, given)
        await ctx.db
          .insert(callAnswer)
          .values({ callId, answerId: given.answerId, segmentId, at: ctx.now() })
          .onConflictDoNothing()
        if (abort.signal.aborted) return
        lastAnswer = { kind: 'answer', question, answer: given }
        tell(lastAnswer)
      } catch (error) {
        if (abort.signal.aborted) return
        asked = null
        log.error({ err: error, callId }, 'answering for a call failed')
        tell({ kind: 'failed', question })
      }
    }

    const consider = (): void => {
      const ctx = anybody()
      const finals = turnOf(inOrder()).filter(({ speaker, final }) => speaker === 'caller' && final)
      if (ctx === null || finals.length === 0) return
      const sentences = finals.flatMap(({ id, text }) => speechOf(text).map((sentence) => ({ id, sentence })))
      // «Какой срок?» after the operator's question back is still of what the call is about.
      const earlier = inOrder()
        .filter(({ id, speaker, final }) => speaker === 'caller' && final && !finals.some((one) => one.id === id))
        .slice(-MOST_EARLIER)
        .flatMap(({ text }) => speechOf(text))
      const last = findQuestions(
        sentences.map(({ sentence }) => sentence),
        LONGEST_QUESTION,
        subjectAmong(earlier),
      ).at(-1)
      const segmentId = sentences[last?.at ?? -1]?.id
      if (last === undefined || segmentId === undefined || answered.has(segmentId) || asked?.key === plain(last.text))
        return
      void answer(ctx, last.text, segmentId)
    }

    const read = async (): Promise<void> => {
      const ctx = anybody()
      if (ctx === null) return
      const isFirst = revision < 0
      const [row] = await ctx.db.select().from(call).where(eq(call.id, callId))
      if (row === undefined || row.forgottenAt !== null) return close('forgotten')
      // Somebody may have taken the call: it is not everybody's any more.
      for (const watcher of watchers) if (!isOpenTo(watcher.ctx, row)) watcher.leave()
      if (watchers.size === 0) return
      if (row.revision === revision) return
      if (isFirst) for (const { segmentId } of await answersOf(ctx, callId)) answered.add(segmentId)
      const news = await segmentsOf(ctx, callId, revision)
      revision = row.revision
      state = row.state
      for (const segment of news) segments.set(segment.id, segment)
      tell({ kind: 'transcript', state, segments: news })
      if (!news.some(({ speaker }) => speaker === 'caller')) return
      // From the first word that was not looked for yet.
      const since = heardAt
      timer ??= setTimeout(() => void suggest(since), isFirst ? 0 : restMs)
      consider()
    }

    const look = (): void => {
      if (looking !== null) {
        again = true
        return
      }
      looking = read()
        .catch((error: unknown) => log.error({ err: error, callId }, 'reading a call failed'))
        .finally(() => {
          looking = null
          if (again) {
            again = false
            look()
          }
        })
    }
    const poll = setInterval(look, pollMs)
    poll.unref()

    const close = (why: 'forgotten' | 'stopping' | 'nobody'): void => {
      clearInterval(poll)
      if (timer !== null) clearTimeout(timer)
      asked?.abort.abort()
      sessions.delete(callId)
      for (const { channel } of watchers) {
        if (why !== 'nobody') channel.push({ kind: 'end', why })
        channel.close()
      }
      watchers.clear()
    }

    const session: Session = {
      watchers,
      look: () => {
        heardAt = performance.now()
        look()
      },
      close,
      catchUp: () => [
        ...(revision < 0 ? [] : [{ kind: 'transcript' as const, state, segments: inOrder() }]),
        ...(lastPassages === null ? [] : [lastPassages]),
        ...(lastAnswer === null ? [] : [lastAnswer]),
      ],
    }
    sessions.set(callId, session)
    return session
  }

  const isFull = (actorId: string): boolean => {
    let streams = 0
    for (const { watchers } of sessions.values())
      for (const { ctx } of watchers) if (ctx.actor.id === actorId) streams += 1
    return streams >= MOST_STREAMS
  }

  return {
    heard(callId) {
      sessions.get(callId)?.look()
    },
    async *watch(ctx, callId, signal) {
      if (stopped || signal.aborted || isFull(ctx.actor.id)) return
      const session = sessions.get(callId) ?? open(callId)
      const channel = createChannel<AssistEvent>()
      let waiting = 0
      let hasLeft = false
      // At once, not when its reader comes for the next event: that may be never.
      const leave = (): void => {
        hasLeft = true
        channel.close()
        session.watchers.delete(watcher)
        if (session.watchers.size === 0 && sessions.get(callId) === session) session.close('nobody')
      }
      const watcher: Watcher = {
        ctx,
        channel,
        tell: (event) => {
          waiting += 1
          if (waiting > mostWaiting) leave()
          else channel.push(event)
        },
        leave,
      }
      session.watchers.add(watcher)
      for (const event of session.catchUp()) watcher.tell(event)
      signal.addEventListener('abort', leave, { once: true })
      session.look()
      try {
        for await (const event of channel) {
          if (hasLeft) return
          waiting -= 1
          yield event
        }
      } finally {
        signal.removeEventListener('abort', leave)
        leave()
      }
    },
    isFull,
    stop() {
      stopped = true
      for (const session of sessions.values()) session.close('stopping')
    },
  }
}
