import type { KeyboardEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import type { LoggedQuery } from './types.ts'

interface QueryRowProps {
  ref: Ref<HTMLAnchorElement>
  query: LoggedQuery
  /** Writes articles and synonyms. */
  writes: boolean
  onKeyDown: (event: KeyboardEvent) => void
  /** Says which point answers it. */
  onTie: () => void
  onTask: () => void
  onClose: () => void
  onReopen: () => void
}

export const searchHref = ({ text }: LoggedQuery): string => `/?${new URLSearchParams({ q: text })}`

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** A question with what became of it, and the ways on from it. */
export function QueryRow({ ref, query, writes, onKeyDown, onTie, onTask, onClose, onReopen }: QueryRowProps) {
  const { t } = useTranslation()
  const facts = [
    t('queryLog.times', { count: query.times }),
    query.failures > 0 ? t('queryLog.failures', { count: query.failures }) : '',
    query.asked > 0 ? t('queryLog.asked', { count: query.asked }) : '',
    query.opened > 0 ? t('queryLog.opened', { count: query.opened }) : '',
    query.place === null ? '' : t('queryLog.place', { place: String(Math.round(query.place * 10) / 10) }),
    query.copied > 0 ? t('queryLog.copied', { count: query.copied }) : '',
    query.confidence === null ? '' : t('queryLog.confidence', { percent: String(Math.round(query.confidence * 100)) }),
    t('queryLog.last', { date: formatDay(query.lastDay) }),
  ]
  return (
    <li className="task" data-testid="logged-query">
      <div className="task-head">
        <Link
          ref={ref}
          to={searchHref(query)}
          lang={query.lang}
          title={t('queryLog.search')}
          data-testid="logged-text"
          onKeyDown={onKeyDown}
        >
          {query.text}
        </Link>
        <LangBadge lang={query.lang} />
        {query.taskId === null ? null : (
          <Link to="/editorial" className="state state-working">
            {t('queryLog.taskOpen')}
          </Link>
        )}
      </div>
      <p className="task-why">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {query.examples.length === 0 ? null : (
        <p className="muted" lang={query.lang}>
          {t('queryLog.examples')} {query.examples.map((text) => `«${text}»`).join(', ')}
        </p>
      )}
      {query.passages.length === 0 ? null : (
        <ul className="task-why" data-testid="passages-used" aria-label={t('queryLog.passages')}>
          {query.passages.map(({ passageId, articleId, lang, anchor, title, label, opened, cited, place }) => (
            <li key={passageId}>
              <Link to={`/articles/${encodeURIComponent(articleId)}?lang=${lang}#${anchor}`} lang={lang}>
                {`${title}, ${label}`}
              </Link>
              {': '}
              {[
                opened > 0 ? t('queryLog.passageOpened', { count: opened }) : '',
                place === null ? '' : t('queryLog.passagePlace', { place: String(place) }),
                cited > 0 ? t('queryLog.passageCited', { count: cited }) : '',
              ]
                .filter((fact) => fact !== '')
                .join(', ')}
            </li>
          ))}
        </ul>
      )}
      {query.closed === null ? null : (
        <p className="task-why">
          {t('queryLog.closedBy', {
            by: query.closed.by,
            date: formatDay(query.closed.on),
            reason: query.closed.reason,
          })}
        </p>
      )}
      <div className="task-foot">
        <Link to={searchHref(query)}>{t('queryLog.search')}</Link>
        {writes ? (
          <>
            {query.closed === null ? (
              <button type="button" className="link-button" onClick={onTie}>
                {t('queryLog.tie')}
              </button>
            ) : null}
            <Link to={`/synonyms?${new URLSearchParams({ example: query.text, lang: query.lang })}`}>
              {t('queryLog.synonym')}
            </Link>
            <Link to={`/editorial/new?${new URLSearchParams({ title: capital(query.text), lang: query.lang })}`}>
              {t('queryLog.article')}
            </Link>
          </>
        ) : null}
        {query.taskId === null && query.closed === null ? (
          <button type="button" className="link-button" onClick={onTask}>
            {t('queryLog.task')}
          </button>
        ) : null}
        {query.closed === null ? (
          <button type="button" className="link-button" onClick={onClose}>
            {t('queryLog.close')}
          </button>
        ) : (
          <button type="button" className="link-button" onClick={onReopen}>
            {t('queryLog.reopen')}
          </button>
        )}
      </div>
    </li>
  )
}
