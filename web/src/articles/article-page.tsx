import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { articleQuery } from '../api/queries.ts'
import type { Article, Citation, Lang } from '../api/types.ts'
import { EditArticle } from '../editor/edit-article.tsx'
import { isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { foundByOf, reportUse } from '../search/report-use.ts'
import { useSession } from '../shell/use-session.ts'
import { asOfParam, todayInAlmaty } from '../text/days.ts'
import { editionLine } from '../text/edition-line.ts'
import { AsOfBanner } from '../ui/as-of-banner.tsx'
import { AsOfField } from '../ui/as-of-field.tsx'
import { Icon } from '../ui/icon.tsx'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useToast } from '../ui/toast.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { PrintButton } from '../ui/print-button.tsx'
import { ArticleBlock } from './article-block.tsx'
import { articleBlocks, type Block } from './article-blocks.ts'
import { quotedLines, type QuotedLines } from './quote-ranges.ts'
import { useScrollTo } from './use-scroll-to.ts'
import { ValidityNote } from './validity-note.tsx'
import { VersionHistory } from './version-history.tsx'

const NOTHING: QuotedLines = new Map()

const wantedLang = (value: string | null): Lang | null => (value === 'ru' || value === 'kk' ? value : null)

/** The quote that the address asks to mark; `missing` when this wording has no such passage. */
function quoteFrom(params: URLSearchParams, article: Article): { lines: QuotedLines; missing: boolean } {
  const range = /^(?<start>\d+)-(?<end>\d+)$/.exec(params.get('quote') ?? '')?.groups
  if (range === undefined) return { lines: NOTHING, missing: false }
  const passage = article.passages.find((candidate) => candidate.passageId === params.get('passage'))
  if (passage === undefined) return { lines: NOTHING, missing: true }
  return { lines: quotedLines(passage, Number(range['start']), Number(range['end'])), missing: false }
}

function ArticleContents({ blocks }: { blocks: readonly Block[] }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  return (
    <nav className="contents" aria-label={t('article.contents')}>
      <h2>{t('article.contents')}</h2>
      <ol>
        {blocks
          .filter((block) => block.eid !== '')
          .map((block) => (
            <li key={block.eid}>
              <Link to={{ search, hash: `#${block.eid}` }}>{block.label}</Link>
            </li>
          ))}
        <li>
          <Link to={{ search, hash: '#history' }}>{t('article.history')}</Link>
        </li>
      </ol>
    </nav>
  )
}

function ArticleText({
  article,
  asOf,
  targetEid,
  params,
}: {
  article: Article
  asOf: string | null
  targetEid: string
  params: URLSearchParams
}) {
  const { t } = useTranslation()
  const say = useToast()
  const navigate = useNavigate()
  // From a search: which of its passages was of use.
  const found = foundByOf(useLocation().state)
  const { lang } = article.version
  const blocks = useMemo(() => articleBlocks(article.body), [article.body])
  const quote = useMemo(() => quoteFrom(params, article), [params, article])
  const citations = useMemo(() => {
    const byEid = new Map<string, Citation>()
    for (const passage of article.passages) if (passage.citation !== null) byEid.set(passage.anchor, passage.citation)
    return byEid
  }, [article.passages])
  const differences = useMemo(
    () => new Map(article.passages.map((passage) => [passage.anchor, passage.languageDifferences])),
    [article.passages],
  )
  const changes = useMemo(
    () =>
      new Map(
        article.passages.map((passage) => [
          passage.anchor,
          { changed: passage.sourceChanged, coming: passage.changesOn },
        ]),
      ),
    [article.passages],
  )
  // Only of what is in force today: questions are tied to the text that the editor sees.
  const wordings = useMemo(
    () =>
      new Map(
        asOf !== null && asOf !== todayInAlmaty()
          ? []
          : article.passages
              .filter(({ sourceChanged }) => sourceChanged === null)
              .flatMap(({ citation, segments }) =>
                [...(citation === null ? [] : [citation]), ...segments].map(
                  ({ eid, provisionId }) => [eid, provisionId] as const,
                ),
              ),
      ),
    [article.passages, asOf],
  )
  const changedPoints = article.passages.flatMap((passage) => passage.sourceChanged ?? [])
  useScrollTo(targetEid, blocks.length > 0)

  const withoutQuote = () => {
    const next = new URLSearchParams(params)
    next.delete('quote')
    next.delete('passage')
    void navigate({ search: next.toString(), hash: `#${targetEid}` }, { replace: true, state: found })
  }
  const copyLink = async (eid: string) => {
    const kept = new URLSearchParams({ ...(asOf === null ? {} : { asOf }), lang })
    try {
      await navigator.clipboard.writeText(`${window.location.origin}${window.location.pathname}?${kept}#${eid}`)
      say(t('article.linkCopied'))
    } catch {
      say(t('answer.copyFailed'))
    }
  }
  const actHref = (citation: Citation, eid: string) => {
    const query = new URLSearchParams({ ...(asOf === null ? {} : { asOf }), lang })
    return `/acts/${encodeURIComponent(citation.actId)}?${query}#${eid}`
  }
  const [first] = citations.values()
  // The article reads as it does since the last of its points changed.
  const newest = [...citations.values()].toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
  return (
    <div className="reading-columns">
      <aside className="reading-side">
        <ArticleContents blocks={blocks} />
      </aside>
      <article
        className="reading"
        lang={lang}
        data-testid="article"
        onCopy={() => {
          if (found !== null) reportUse({ ...found, action: 'copied' })
        }}
      >
        <header className="reading-head">
          <h1>{article.version.title}</h1>
          <dl className="facts">
            {first === undefined ? null : (
              <div>
                <dt>{t('article.fromAct')}</dt>
                <dd>
                  <Link to={`/acts/${encodeURIComponent(first.actId)}`}>{first.actTitle}</Link>
                </dd>
              </div>
            )}
            {newest === undefined ? null : (
              <div>
                <dt>{t('article.wording')}</dt>
                <dd>{editionLine(newest.edition, t)}</dd>
              </div>
            )}
            <div>
              <dt>{t('article.validity')}</dt>
              <dd>
                <ValidityNote version={article.version} />
              </dd>
            </div>
          </dl>
        </header>
        {changedPoints.length === 0 ? null : (
          <p className="notice notice-warn" role="status" data-testid="article-changed">
            {t('impact.changed')}: {changedPoints.flatMap(({ labels }) => labels).join(', ')}
          </p>
        )}
        {quote.missing ? (
          <p className="notice notice-warn" role="status">
            {t('article.quoteMissing')}
          </p>
        ) : null}
        {quote.lines.size > 0 ? (
          <p className="quote-note" role="status">
            <span className="quote-swatch" aria-hidden="true" />
            {t('article.quoted')}{' '}
            <button type="button" className="link-button" onClick={withoutQuote}>
              {t('article.clearQuote')}
            </button>
          </p>
        ) : null}
        <div className="provisions">
          {blocks.map((block, index) => (
            <ArticleBlock
              key={block.eid === '' ? index : block.eid}
              block={block}
              depth={0}
              lang={lang}
              quoted={quote.lines}
              citations={citations}
              changes={changes}
              differences={differences}
              wordings={wordings}
              targetEid={targetEid}
              actId={null}
              actHref={actHref}
              onCopyLink={(eid) => void copyLink(eid)}
            />
          ))}
        </div>
      </article>
    </div>
  )
}

export function ArticlePage() {
  const { t } = useTranslation()
  const { articleId = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const asOf = asOfParam(params.get('asOf'))
  const article = useQuery(articleQuery({ articleId, asOf, lang: wantedLang(params.get('lang')) }))
  usePageTitle(article.data?.version.title)
  const { role } = useSession()
  const edits = role === 'editor' || role === 'admin'

  const set = (name: string, value: string | null) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  const back = () => void (location.key === 'default' ? navigate('/') : navigate(-1))
  useHotkeys((event) => {
    if (event.key === 'Escape' && !isTyping(event)) back()
  })

  const languages = article.data?.languages ?? []
  return (
    <div className="page page-reading">
      <div className="page-bar">
        <button type="button" className="back-button" onClick={back} title="Esc">
          <Icon name="back" /> {t('article.back')}
        </button>
        <div className="page-tools">
          {languages.length > 1 ? (
            <Segmented<Lang>
              label={t('search.language')}
              value={article.data?.version.lang ?? 'ru'}
              onChange={(lang) => set('lang', lang)}
              options={languages.map((lang) => ({
                value: lang,
                label: lang === 'ru' ? t('lang.ruShort') : t('lang.kkShort'),
                title: t(`lang.${lang}`),
              }))}
            />
          ) : article.data === undefined ? null : (
            <LangBadge lang={article.data.version.lang} />
          )}
          <AsOfField value={asOf} onChange={(day) => set('asOf', day)} />
          <PrintButton />
        </div>
      </div>
      <AsOfBanner value={asOf} onReset={() => set('asOf', null)} />
      {article.error === null ? null : <ProblemNotice error={article.error} onRetry={() => void article.refetch()} />}
      {article.isPending ? <Skeleton rows={4} kind="text" /> : null}
      {article.data === undefined ? null : (
        <ArticleText
          key={article.data.version.versionId}
          article={article.data}
          asOf={asOf}
          targetEid={decodeURIComponent(location.hash.slice(1))}
          params={params}
        />
      )}
      {article.data === undefined && article.isPending ? null : (
        <section id="history" className="history" aria-labelledby="history-title" data-testid="history">
          <h2 id="history-title">{t('article.history')}</h2>
          {edits ? (
            <EditArticle
              articleId={articleId}
              lang={article.data?.version.lang ?? 'ru'}
              languages={languages}
              slug={asOf === null || asOf === todayInAlmaty() ? (article.data?.slug ?? null) : null}
            />
          ) : null}
          <VersionHistory
            articleId={articleId}
            lang={article.data?.version.lang ?? 'ru'}
            currentVersionId={article.data?.version.versionId ?? null}
          />
        </section>
      )}
    </div>
  )
}
