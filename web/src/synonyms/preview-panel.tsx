import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { LangBadge } from '../ui/lang-badge.tsx'
import { TableFrame } from '../ui/table-frame.tsx'
import type { PreviewHit, PreviewResult, SynonymPreview, SynonymWarning } from './types.ts'

function Warning({ warning }: { warning: SynonymWarning }) {
  const { t } = useTranslation()
  const groups = warning.groups
    .map(({ title, size }) => t('synonyms.groupSize', { title, size: String(size) }))
    .join(', ')
  const terms = warning.terms.map((term) => `«${term}»`).join(', ')
  return (
    <li data-code={warning.code} className={warning.isSerious ? 'warning-serious' : undefined}>
      {t(`synonyms.warn_${warning.code}`, { terms, groups })}
    </li>
  )
}

/** First hits of a query; of the later ones, what has come and what has moved. */
function Hits({
  hits,
  other,
  side,
}: {
  hits: readonly PreviewHit[]
  other: readonly PreviewHit[]
  side: 'before' | 'after'
}) {
  const { t } = useTranslation()
  const placeIn = (hit: PreviewHit) => other.findIndex(({ passageId }) => passageId === hit.passageId)
  const noteOf = (hit: PreviewHit, at: number): string | null => {
    const place = placeIn(hit)
    if (place < 0) return t(side === 'after' ? 'synonyms.added' : 'synonyms.gone')
    return side === 'after' && place !== at ? t('synonyms.movedFrom', { place: String(place + 1) }) : null
  }
  return (
    <div className="preview-side">
      <p className="preview-head">{t(`synonyms.${side}`)}</p>
      {hits.length === 0 ? (
        <p className="muted">{t('synonyms.nothing')}</p>
      ) : (
        <ol>
          {hits.map((hit, at) => {
            const note = noteOf(hit, at)
            return (
              <li key={hit.passageId} data-change={placeIn(hit) >= 0 ? undefined : side === 'after' ? 'added' : 'gone'}>
                <Link to={`/articles/${encodeURIComponent(hit.articleId)}?lang=${hit.lang}`} title={hit.title}>
                  {hit.label === '' ? hit.title : hit.label}
                </Link>{' '}
                <LangBadge lang={hit.lang} /> {note === null ? null : <span className="preview-note">{note}</span>}
                <span className="preview-text" lang={hit.lang}>
                  {hit.text}
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </div>
  )
}

function Result({ result }: { result: PreviewResult }) {
  const { t } = useTranslation()
  return (
    <details
      className="preview-result"
      open={result.isChanged}
      data-testid="preview-result"
      data-changed={result.isChanged}
    >
      <summary>
        «{result.text}»{' '}
        <span className="muted">
          {t(`synonyms.source_${result.source}`, { times: String(result.times) })}
          {result.isChanged ? '' : `, ${t('synonyms.same')}`}
        </span>
      </summary>
      <div className="preview-sides">
        <Hits hits={result.before} other={result.after} side="before" />
        <Hits hits={result.after} other={result.before} side="after" />
      </div>
    </details>
  )
}

/** What a change would do: warnings, first hits side by side, words of the base. */
export function PreviewPanel({ preview }: { preview: SynonymPreview }) {
  const { t } = useTranslation()
  const { queries, results, terms, passages, warnings } = preview
  return (
    <section className="synonym-preview" aria-label={t('synonyms.previewTitle')} data-testid="synonym-preview">
      <h3>{t('synonyms.previewTitle')}</h3>
      {warnings.length === 0 ? null : (
        <div className="notice notice-warn" role="status" data-testid="synonym-warnings">
          <p className="notice-title">{t('synonyms.warnings')}</p>
          <ul>
            {warnings.map((warning, at) => (
              <Warning key={at} warning={warning} />
            ))}
          </ul>
        </div>
      )}
      <p className="muted">
        {t('synonyms.considered', {
          considered: String(queries.considered),
          touched: String(queries.touched),
          shown: String(queries.shown),
          changed: String(queries.changed),
        })}
      </p>
      {queries.shown > 0 && queries.changed === 0 ? <p>{t('synonyms.noChange')}</p> : null}
      <div>
        {results.map((result) => (
          <Result key={result.text} result={result} />
        ))}
      </div>
      <h4>{t('synonyms.words')}</h4>
      <p className="muted">{t('synonyms.looked', { looked: String(passages.looked), all: String(passages.all) })}</p>
      <TableFrame label={t('synonyms.words')}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('synonyms.term')}</th>
              <th scope="col">{t('synonyms.passages')}</th>
              <th scope="col">{t('synonyms.forms')}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => (
              <tr key={`${term.lang} ${term.text} ${term.state}`} data-state={term.state}>
                <td lang={term.lang}>
                  {term.text} <LangBadge lang={term.lang} />{' '}
                  {term.state === 'kept' ? null : (
                    <span className="preview-note">{t(`synonyms.termState_${term.state}`)}</span>
                  )}
                </td>
                <td>{term.passages}</td>
                <td lang={term.lang}>{term.words.map(({ text, times }) => `${text} ${times}`).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </section>
  )
}
