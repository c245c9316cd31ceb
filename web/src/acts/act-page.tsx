import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { actQuery, editionsQuery, provisionsQuery } from '../api/queries.ts'
import type { Act, Amendment, Lang, Provision } from '../api/types.ts'
import { useScrollTo } from '../articles/use-scroll-to.ts'
import { uiLang } from '../i18n/i18n.ts'
import { isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { useSession } from '../shell/use-session.ts'
import { PassportListSection } from '../passports/passport-list.tsx'
import { asOfParam, formatDay, todayInAlmaty } from '../text/days.ts'
import { AsOfBanner } from '../ui/as-of-banner.tsx'
import { AsOfField } from '../ui/as-of-field.tsx'
import { Icon } from '../ui/icon.tsx'
import { LangBadge } from '../ui/lang-badge.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { PrintButton } from '../ui/print-button.tsx'
import { ActDiff } from './act-diff.tsx'
import { ActProvision, AmendmentAnomalies, AmendmentNote } from './act-provision.tsx'
import { EditionList } from './edition-list.tsx'
import { EditionMessages } from './edition-messages.tsx'
import { LanguageDifferencesSection } from './language-differences-section.tsx'
import { PublicationDays } from './publication-days.tsx'
import { amendmentLine, inForceText } from './in-force-text.ts'
import { amendmentsByEid, provisionTree, type ProvisionNode } from './provision-tree.ts'

const isOrder = (node: ProvisionNode) => node.provision.eid.startsWith('ord')

function ActContents({ roots, hasOrder }: { roots: readonly ProvisionNode[]; hasOrder: boolean }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  return (
    <nav className="contents" aria-label={t('act.contents')}>
      <h2>{t('act.contents')}</h2>
      <ol>
        {hasOrder ? (
          <li>
            <Link to={{ search, hash: '#order' }}>{t('act.order')}</Link>
          </li>
        ) : null}
        {roots
          .filter((node) => !isOrder(node) && node.provision.heading !== null)
          .map((node) => (
            <li key={node.provision.eid}>
              <Link to={{ search, hash: `#${node.provision.eid}` }}>
                <span className="contents-label">{node.provision.label}</span> {node.provision.heading}
              </Link>
              {node.provision.kind === 'chapter' ? (
                <ol className="contents-points">
                  {node.children
                    .filter((child) => child.provision.kind === 'point')
                    .map((child) => (
                      <li key={child.provision.eid}>
                        <Link to={{ search, hash: `#${child.provision.eid}` }} aria-label={child.provision.label}>
                          {child.provision.num}
                        </Link>
                      </li>
                    ))}
                </ol>
              ) : null}
            </li>
          ))}
        <li>
          <Link to={{ search, hash: '#amendments' }}>{t('act.amendments')}</Link>
        </li>
        <li>
          <Link to={{ search, hash: '#editions' }}>{t('act.editions')}</Link>
        </li>
      </ol>
    </nav>
  )
}

function ActHead({ act, titleNotes, lang }: { act: Act; titleNotes: readonly Amendment[]; lang: Lang }) {
  const { t } = useTranslation()
  return (
    <header className="reading-head">
      <h1 className="long-title" lang={lang}>
        {act.title}
      </h1>
      <p className="act-requisites" lang={lang}>
        {act.requisites}
      </p>
      <dl className="facts">
        {act.registration === null ? null : (
          <div>
            <dt>№ {act.registration.number}</dt>
            <dd>{t('act.registered', { date: formatDay(act.registration.date), number: act.registration.number })}</dd>
          </div>
        )}
        <div>
          <dt>{t('article.wording')}</dt>
          <dd>{t('act.edition', { date: formatDay(act.editionDate) })}</dd>
        </div>
      </dl>
      {titleNotes.map((amendment) => (
        <AmendmentNote key={amendment.raw + amendment.by.number} amendment={amendment} lang={lang} />
      ))}
    </header>
  )
}

function ActText({
  act,
  provisions,
  amendments,
  lang,
  targetEid,
}: {
  act: Act
  provisions: readonly Provision[]
  amendments: readonly Amendment[]
  lang: Lang
  targetEid: string
}) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const roots = useMemo(() => provisionTree(provisions), [provisions])
  const notes = useMemo(() => amendmentsByEid(amendments), [amendments])
  useScrollTo(targetEid, roots.length > 0)
  const asOf = asOfParam(params.get('asOf'))
  const articleHref = (articleId: string, eid: string) =>
    `/articles/${encodeURIComponent(articleId)}?${new URLSearchParams({ ...(asOf === null ? {} : { asOf }), lang })}#${eid}`
  const order = roots.filter(isOrder)
  const rules = roots.filter((node) => !isOrder(node))
  const draw = (node: ProvisionNode) => (
    <ActProvision
      key={node.provision.eid}
      node={node}
      lang={lang}
      amendments={notes}
      targetEid={targetEid}
      articleHref={articleHref}
    />
  )
  return (
    <div className="reading-columns">
      <aside className="reading-side">
        <ActContents roots={roots} hasOrder={order.length > 0} />
      </aside>
      <article className="reading" data-testid="act">
        <ActHead act={act} titleNotes={notes.get('title') ?? []} lang={lang} />
        <div lang={lang}>
          {order.length > 0 ? (
            <section id="order" className="act-order">
              {order.map(draw)}
            </section>
          ) : null}
          {act.annexTitle === null ? null : <h2 className="annex-title">{act.annexTitle}</h2>}
          {(notes.get('rules') ?? []).map((amendment) => (
            <AmendmentNote key={amendment.raw} amendment={amendment} lang={lang} />
          ))}
          {rules.map(draw)}
        </div>
        {roots.length === 0 ? (
          <p className="muted">{t('act.asOfNone', { date: formatDay(asOf ?? todayInAlmaty()) })}</p>
        ) : null}
      </article>
    </div>
  )
}

export function ActPage() {
  const { t } = useTranslation()
  const { actId = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const asOf = asOfParam(params.get('asOf'))
  const act = useQuery(actQuery(actId))
  const editions = useQuery(editionsQuery(actId))
  const wanted = params.get('lang')
  const lang: Lang =
    act.data?.languages.find((language) => language === wanted) ??
    act.data?.languages.find((language) => language === uiLang()) ??
    act.data?.languages.find((language) => language === 'ru') ??
    act.data?.languages[0] ??
    'ru'
  const provisions = useQuery({ ...provisionsQuery({ actId, asOf, lang }), enabled: act.data !== undefined })
  const { role } = useSession()
  useScrollTo(location.hash === '#compare' ? 'compare' : '', editions.data !== undefined)
  usePageTitle(act.data?.annexTitle ?? act.data?.title)
  const edition = editions.data?.items.find((candidate) => candidate.lang === lang)
  const amendments = edition?.amendments ?? []

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
  const back = () => void (location.key === 'default' ? navigate('/acts') : navigate(-1))
  useHotkeys((event) => {
    if (event.key === 'Escape' && !isTyping(event)) back()
  })

  const error = act.error ?? provisions.error
  const languages = act.data?.languages ?? []
  return (
    <div className="page page-reading">
      <div className="page-bar">
        <Link to="/acts" className="back-button">
          <Icon name="back" /> {t('act.title')}
        </Link>
        <div className="page-tools">
          {languages.length > 1 ? (
            <Segmented<Lang>
              label={t('search.language')}
              value={lang}
              onChange={(language) => set('lang', language)}
              options={languages.map((language) => ({
                value: language,
                label: language === 'ru' ? t('lang.ruShort') : t('lang.kkShort'),
                title: t(`lang.${language}`),
              }))}
            />
          ) : act.data === undefined ? null : (
            <LangBadge lang={lang} />
          )}
          <AsOfField value={asOf} onChange={(day) => set('asOf', day)} />
          <PrintButton />
        </div>
      </div>
      <AsOfBanner value={asOf} onReset={() => set('asOf', null)} />
      {error === null ? null : (
        <ProblemNotice
          error={error}
          onRetry={() => {
            void act.refetch()
            void provisions.refetch()
          }}
        />
      )}
      {error === null && (act.isPending || provisions.isPending) ? <Skeleton rows={6} kind="text" /> : null}
      {act.data === undefined ? null : <PassportListSection actId={actId} lang={lang} asOf={asOf} />}
      {act.data === undefined || provisions.data === undefined ? null : (
        <ActText
          act={act.data}
          provisions={provisions.data.items}
          amendments={amendments}
          lang={lang}
          targetEid={decodeURIComponent(location.hash.slice(1))}
        />
      )}
      {editions.data === undefined ? null : (
        <div className="history">
          <section id="amendments" aria-labelledby="amendments-title">
            <h2 id="amendments-title">{t('act.amendments')}</h2>
            <ol className="amendment-list">
              {amendments.map((amendment, index) => (
                <li key={index}>
                  <span>{amendmentLine(amendment, t)}</span>
                  <span className="muted">{t('act.inForce', { when: inForceText(amendment.inForce, t) })}</span>
                  <AmendmentAnomalies amendment={amendment} />
                </li>
              ))}
            </ol>
          </section>
          {languages.length > 1 ? <LanguageDifferencesSection actId={actId} asOf={asOf} /> : null}
          {role === 'editor' || role === 'admin' ? (
            <>
              <EditionMessages editions={editions.data.items} />
              <PublicationDays actId={actId} />
            </>
          ) : null}
          <section id="compare" aria-labelledby="act-compare-title">
            <h2 id="act-compare-title">{t('act.compare')}</h2>
            <ActDiff
              key={`${lang}${params.get('from') ?? ''}${params.get('to') ?? ''}`}
              actId={actId}
              lang={lang}
              editions={editions.data.items.filter((one) => one.lang === lang)}
            />
          </section>
          <section id="editions" aria-labelledby="editions-title">
            <h2 id="editions-title">{t('act.editions')}</h2>
            <EditionList actId={actId} editions={editions.data.items} />
          </section>
        </div>
      )}
    </div>
  )
}
