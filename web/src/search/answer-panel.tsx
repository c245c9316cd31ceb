import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../text/days.ts'
import { editionLine, validityLine } from '../text/edition-line.ts'
import { Icon } from '../ui/icon.tsx'
import { LanguageDifferences } from '../ui/language-differences.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import type { OperatorGroup, Within } from '../api/types.ts'
import { AnswerFeedback } from './answer-feedback.tsx'
import { CitationChips } from './citation-chips.tsx'
import { citedPoints, hrefOfCitation, type CitedPoint } from './cited-points.ts'
import { ClarificationCard } from './clarification-card.tsx'
import { DegradedNotice } from './degraded-notice.tsx'
import { GuidanceCard } from './guidance-card.tsx'
import { FallbackNotice, LeftOutNotice, ModelNotice } from './model-notice.tsx'
import { NextQuestions } from './next-questions.tsx'
import { OtherLanguageList } from './other-language-list.tsx'
import { RefusalCard } from './refusal-card.tsx'
import { useReport } from './report-use.ts'
import { SentenceQuotes } from './sentence-quotes.tsx'
import type { AnswerView } from './use-answer.ts'

interface AnswerPanelProps {
  view: AnswerView
  /** What is typed now differs from what is answered. */
  stale: boolean
  typed: string
  asOf: string | null
  onCopy: () => void
  onRetry: () => void
  /** What the answer is held to, where a clarifying question was answered. */
  narrowedTo: string | null
  group: OperatorGroup
  onNarrow: (choice: { label: string; within: Within } | null) => void
  onStateBody: () => void
  onOwnGroup: (group: OperatorGroup) => void
  onAsk: (question: string) => void
  mayJudge: boolean
}

function AnswerStatus({ view, stale }: Pick<AnswerPanelProps, 'view' | 'stale'>) {
  const { t } = useTranslation()
  if (view.phase === 'asking') return <span className="status status-busy">{t('answer.asking')}</span>
  if (view.phase === 'idle' || view.phase === 'failed') return null
  if (stale) return <span className="status">{t('answer.stale')}</span>
  if (view.answer === null) return <span className="status status-busy">{t('answer.streaming')}</span>
  return (
    <span
      className={`status status-${view.answer.status}`}
      data-testid="answer-status"
      data-status={view.answer.status}
    >
      {t(`answer.${view.answer.status}`)}
    </span>
  )
}

function Sources({ points, asOf }: { points: readonly CitedPoint[]; asOf: string | null }) {
  const { t } = useTranslation()
  const report = useReport()
  return (
    <section className="sources" aria-label={t('answer.sources')}>
      <h3>{t('answer.sources')}</h3>
      <ol>
        {points.map(({ number, citation }) => (
          <li key={number}>
            <Link
              to={hrefOfCitation(citation, asOf)}
              state={report.foundBy(citation.passageId)}
              className="source"
              onClick={() => report.opened(citation.passageId)}
              onAuxClick={() => report.opened(citation.passageId)}
            >
              <Kbd>{number}</Kbd>
              <span className="source-main">
                <span className="source-label">{citation.label}</span>
                <span className="source-act" title={citation.actTitle}>
                  {citation.actTitle}
                </span>
                <span className="source-edition">
                  {editionLine(citation.edition, t)} · {validityLine(citation, t)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The suggested answer, as it comes. */
export function AnswerPanel(props: AnswerPanelProps) {
  const { view, stale, typed, asOf, onCopy, onRetry, narrowedTo, group } = props
  const { t } = useTranslation()
  const report = useReport()
  const points = useMemo(() => citedPoints(view.sentences), [view.sentences])
  const differences = useMemo(
    () => [
      ...new Map(
        points.flatMap(({ citation }) => citation.languageDifferences.map((one) => [one.differenceId, one] as const)),
      ).values(),
    ],
    [points],
  )
  const { answer } = view
  const lang = answer?.lang
  const busy = view.phase === 'asking' || (view.phase === 'streaming' && answer === null)
  const empty = view.sentences.length === 0 && answer === null && view.error === null
  const complete = answer !== null && !stale && !busy
  const clarification =
    answer === null || answer.clarify === null ? null : (
      <ClarificationCard clarify={answer.clarify} lang={answer.lang} onChoose={props.onNarrow} />
    )
  const guidance =
    answer === null || answer.guidance === null ? null : (
      <GuidanceCard
        guidance={answer.guidance}
        lang={answer.lang}
        asOf={asOf}
        onStateBody={props.onStateBody}
        onOwnGroup={props.onOwnGroup}
      />
    )
  return (
    <aside className="answer" aria-labelledby="answer-title" data-stale={stale && !empty} data-testid="answer">
      <header className="answer-head">
        <h2 id="answer-title">{t('answer.title')}</h2>
        <AnswerStatus view={view} stale={stale} />
        {complete ? (
          <span className="took" title={answer.answerer}>
            {t('search.took', { ms: String(Math.max(1, Math.round(answer.tookMs))) })}
          </span>
        ) : null}
      </header>
      <div className="answer-body" aria-live="polite" aria-busy={busy}>
        {empty ? (
          <div className="answer-empty">
            <p>{typed.trim() === '' || busy ? t('answer.idle') : t('answer.short')}</p>
            <p>{t('answer.idleHint')}</p>
            <dl className="answer-keys">
              <div>
                <dt>
                  <Kbd>↓</Kbd>
                </dt>
                <dd>{t('keys.hintMove')}</dd>
              </div>
              <div>
                <dt>
                  <Kbd>Alt</Kbd> <Kbd>1</Kbd>
                </dt>
                <dd>{t('keys.hintOpen')}</dd>
              </div>
              <div>
                <dt>
                  <Kbd>?</Kbd>
                </dt>
                <dd>{t('keys.hintAll')}</dd>
              </div>
            </dl>
          </div>
        ) : null}
        {narrowedTo === null ? null : (
          <p className="narrowed">
            {t('guidance.narrowed', { to: narrowedTo })}{' '}
            <button type="button" className="link-button" onClick={() => props.onNarrow(null)}>
              {t('guidance.everywhere')}
            </button>
          </p>
        )}
        {answer === null ? null : <DegradedNotice degraded={answer.degraded} />}
        {answer === null ? null : <FallbackNotice answer={answer} />}
        {answer === null ? null : <LeftOutNotice answer={answer} />}
        {view.error === null ? null : <ProblemNotice error={view.error} title={t('answer.failed')} onRetry={onRetry} />}
        {view.sentences.length > 0 ? (
          <div className="sentences" lang={lang}>
            {view.sentences.map((sentence, index) => (
              <div key={index} className="sentence-with-words">
                <p
                  className="sentence"
                  data-testid="sentence"
                  onCopy={() => {
                    const [first] = sentence.citations
                    if (first !== undefined) report.copied(first.passageId)
                  }}
                >
                  {sentence.text} <CitationChips sentence={sentence} points={points} asOf={asOf} />
                </p>
                <SentenceQuotes sentence={sentence} lang={lang} />
              </div>
            ))}
          </div>
        ) : null}
        {answer === null ? null : <ModelNotice answer={answer} />}
        {answer !== null && answer.status === 'partial' && answer.fallback === null ? (
          <p className="partial-note">{answer.message ?? t('answer.partialNote')}</p>
        ) : null}
        {answer !== null &&
        (answer.status === 'no_answer' || (answer.competence !== null && answer.sentences.length === 0)) ? (
          <RefusalCard answer={answer}>
            {answer.inOtherLanguage === null ? null : <OtherLanguageList found={answer.inOtherLanguage} asOf={asOf} />}
            {clarification}
            {guidance}
          </RefusalCard>
        ) : (
          <>
            {clarification}
            {guidance}
          </>
        )}
      </div>
      {points.map(({ number, citation }) =>
        citation.sourceChanged === null ? null : (
          <SourceChangeNote key={number} changed={citation.sourceChanged} coming={null} />
        ),
      )}
      <LanguageDifferences list={differences} />
      {points.length > 0 ? <Sources points={points} asOf={asOf} /> : null}
      {complete ? (
        <footer className="answer-foot">
          <button type="button" className="button button-small" onClick={onCopy}>
            <Icon name="copy" size={14} />
            {answer.sentences.length > 0 ? t('answer.copy') : t('answer.copyRefusal')}
            <Kbd>c</Kbd>
          </button>
          {asOf === null ? null : (
            <span className="answer-date">{t('answer.asOf', { date: formatDay(answer.asOf) })}</span>
          )}
        </footer>
      ) : null}
      {complete && props.mayJudge ? <AnswerFeedback key={answer.answerId} answer={answer} /> : null}
      {complete ? <NextQuestions answer={answer} onChoose={props.onAsk} /> : null}
      {group === 'services' ? null : (
        <p className="own-group">
          {t(`guidance.group.${group}`)}{' '}
          <button type="button" className="link-button" onClick={() => props.onOwnGroup('services')}>
            {t('guidance.notMyGroup')}
          </button>
        </p>
      )}
    </aside>
  )
}
