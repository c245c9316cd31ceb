import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatDay } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'
import type { ImportedAct } from './impact-types.ts'
import { ProvisionChangeView } from './provision-change.tsx'

function Changes({ imported }: { imported: ImportedAct }) {
  const { t } = useTranslation()
  if (imported.held.length === 0) return <p>{t('impact.isNew')}</p>
  if (imported.changes.length === 0) return <p className="muted">{t('impact.noChanges')}</p>
  return (
    <>
      {imported.changes.map((change) => (
        <div key={`${change.eid}${change.kind}`} data-testid="import-change">
          <ProvisionChangeView
            change={change}
            label={change.label}
            on={
              change.on === null ? null : (
                <span>
                  {t(change.onKnown ? 'impact.from' : 'impact.fromNotBefore', { date: formatDay(change.on) })}
                </span>
              )
            }
          />
        </div>
      ))}
      {imported.changeCount > imported.changes.length ? (
        <p className="muted">{t('impact.moreChanges', { count: imported.changeCount - imported.changes.length })}</p>
      ) : null}
    </>
  )
}

/** What an import changes: provisions, articles, answers, and whom it concerns. */
export function ImportPreview({ imported }: { imported: ImportedAct }) {
  const { t } = useTranslation()
  return (
    <div className="import-preview">
      {imported.held.length === 0 ? null : (
        <p className="muted">
          {t('impact.held')}:{' '}
          {imported.held.map(({ editionId, lang, date }) => (
            <span key={editionId}>
              {formatDay(date)} <LangBadge lang={lang} />{' '}
            </span>
          ))}
        </p>
      )}
      <section aria-labelledby="import-changes">
        <h3 id="import-changes">{t('impact.changes')}</h3>
        <Changes imported={imported} />
      </section>
      <section aria-labelledby="import-articles">
        <h3 id="import-articles">{t('impact.articles')}</h3>
        {imported.articles.length === 0 ? <p className="muted">{t('impact.noArticles')}</p> : null}
        <ul className="plain-list">
          {imported.articles.map((article) => (
            <li key={`${article.articleId}${article.lang}`}>
              <Link to={`/articles/${encodeURIComponent(article.articleId)}?lang=${article.lang}`}>
                {article.title}
              </Link>{' '}
              <LangBadge lang={article.lang} /> {article.labels.join(', ')}
              <span className="sub-line">{t(article.byPeople ? 'impact.byPeople' : 'impact.byAct')}</span>
            </li>
          ))}
        </ul>
        <p>{t('impact.answersCount', { count: imported.answers })}</p>
      </section>
      {imported.endings.length === 0 ? null : (
        <section aria-labelledby="import-endings" data-testid="import-endings">
          <h3 id="import-endings">{t('impact.endings')}</h3>
          <p className="muted">{t('impact.endingsIntro')}</p>
          <ul className="plain-list">
            {imported.endings.map((ending) => (
              <li key={ending.versionId}>
                <Link to={`/articles/${encodeURIComponent(ending.articleId)}?lang=${ending.lang}`}>{ending.title}</Link>{' '}
                <LangBadge lang={ending.lang} /> {[...ending.labels, ...ending.moved].join(', ')}
                <span className="sub-line">
                  {t(ending.onKnown ? 'impact.endingFrom' : 'impact.endsNotBefore', { date: formatDay(ending.on) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {imported.requests.length === 0 ? null : (
        <section aria-labelledby="import-requests">
          <h3 id="import-requests">{t('impact.requests')}</h3>
          <ul className="plain-list">
            {imported.requests.map((request) => (
              <li key={request.requestId}>
                {request.service ?? request.agencyId}
                <span className="sub-line">
                  {request.person ?? t('impact.nobody')} · {request.amendedBy}
                  {request.dueOn === null ? '' : ` · ${t('impact.due', { date: formatDay(request.dueOn) })}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
