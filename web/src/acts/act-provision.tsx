import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Amendment, Lang, Provision } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { Icon } from '../ui/icon.tsx'
import { ActTable } from './act-table.tsx'
import { FormTable } from './form-table.tsx'
import { amendmentLine, inForceText } from './in-force-text.ts'
import { ProvisionBody } from './provision-body.tsx'
import type { ProvisionNode } from './provision-tree.ts'

interface ActProvisionProps {
  node: ProvisionNode
  lang: Lang
  amendments: ReadonlyMap<string, readonly Amendment[]>
  targetEid: string
  articleHref: (articleId: string, eid: string) => string
}

/** What is odd about a note, for everybody who relies on its day. */
export function AmendmentAnomalies({ amendment }: { amendment: Amendment }) {
  const { t } = useTranslation()
  if (amendment.anomalies.length === 0) return null
  return (
    <ul className="amendment-anomalies" aria-label={t('act.anomaly')} data-testid="amendment-anomaly">
      {amendment.anomalies.map(({ rule }) => (
        <li key={rule}>
          {t(`act.anomaly_${rule}`, {
            number: amendment.by.number,
            date: formatDay(amendment.by.date),
            from: amendment.inForce.rule === 'date' ? formatDay(amendment.inForce.date) : '',
          })}
        </li>
      ))}
    </ul>
  )
}

/** A note of the act's own: what changed the element, and since when. */
export function AmendmentNote({ amendment, lang }: { amendment: Amendment; lang: Lang }) {
  const { t } = useTranslation()
  const [raw, setRaw] = useState(false)
  return (
    <div className="amendment">
      <p>
        {amendmentLine(amendment, t)}. {t('act.inForce', { when: inForceText(amendment.inForce, t) })}.{' '}
        <button type="button" className="link-button" aria-expanded={raw} onClick={() => setRaw(!raw)}>
          {raw ? t('act.rawHide') : t('act.raw')}
        </button>
      </p>
      {raw ? (
        <pre className="raw" lang={lang}>
          {amendment.raw}
        </pre>
      ) : null}
      <AmendmentAnomalies amendment={amendment} />
    </div>
  )
}

function numberOf(node: ProvisionNode): string | null {
  const { kind, num, text } = node.provision
  if (num === null || (kind !== 'point' && kind !== 'subpoint' && kind !== 'row')) return null
  const printed = kind === 'subpoint' ? `${num})` : `${num}.`
  return text.startsWith(printed) ? null : printed
}

/** «Глава 2.» as the act itself writes it. */
function sectionLabel(provision: Provision, lang: Lang): string {
  const { kind, num, label } = provision
  if (num === null) return label
  if (kind === 'section') return lang === 'kk' ? `${num}-бөлім.` : `Раздел ${num}.`
  if (kind === 'chapter') return lang === 'kk' ? `${num}-тарау.` : `Глава ${num}.`
  if (kind === 'paragraph') return lang === 'kk' ? `${num}-параграф.` : `Параграф ${num}.`
  if (kind === 'article') return lang === 'kk' ? `${num}-бап.` : `Статья ${num}.`
  return lang === 'kk' ? `${num}-қосымша.` : `Приложение ${num}.`
}

/** What groups provisions under a heading. */
const SECTIONS: ReadonlySet<Provision['kind']> = new Set(['section', 'chapter', 'paragraph', 'article', 'appendix'])

function Heading({ node, lang }: { node: ProvisionNode; lang: Lang }) {
  const { kind, heading } = node.provision
  if (heading === null) return null
  if (SECTIONS.has(kind))
    return (
      <h2>
        <span className="heading-label">{sectionLabel(node.provision, lang)}</span> {heading}
      </h2>
    )
  return <h3>{heading}</h3>
}

/** An element of the act with what is inside of it. */
export function ActProvision({ node, lang, amendments, targetEid, articleHref }: ActProvisionProps) {
  const { t } = useTranslation()
  const [raw, setRaw] = useState(false)
  const { provision } = node
  const notes = amendments.get(provision.eid) ?? []
  const isSection = SECTIONS.has(provision.kind)
  const article = provision.articleIds[0]
  return (
    <div
      id={provision.eid}
      className={`provision kind-${provision.kind}${isSection ? ' provision-section' : ''}`}
      data-target={provision.eid === targetEid}
      data-excluded={provision.status === 'excluded'}
      tabIndex={-1}
    >
      <div className="provision-row">
        {isSection ? null : <div className="provision-number">{numberOf(node)}</div>}
        <div className="provision-text">
          <Heading node={node} lang={lang} />
          {provision.table !== null && !provision.table.isStandard ? (
            <ActTable table={provision.table} label={provision.heading ?? provision.label} />
          ) : provision.form !== null ? (
            <FormTable form={provision.form} label={provision.heading ?? provision.label} />
          ) : provision.text === '' ? null : (
            <ProvisionBody provision={provision} />
          )}
          {provision.status === 'excluded' ? <p className="muted">{t('act.excluded')}</p> : null}
        </div>
        {provision.raw === '' ? null : (
          <div className="provision-tools">
            {article !== undefined && provision.kind === 'point' ? (
              <Link
                to={articleHref(article, provision.eid)}
                className="icon-button"
                aria-label={`${provision.label}: ${t('act.inArticles')}`}
                title={t('act.inArticles')}
              >
                <Icon name="article" size={15} />
              </Link>
            ) : null}
            <button
              type="button"
              className="icon-button"
              aria-expanded={raw}
              aria-label={`${provision.label}: ${raw ? t('act.rawHide') : t('act.raw')}`}
              title={raw ? t('act.rawHide') : t('act.raw')}
              onClick={() => setRaw(!raw)}
            >
              <Icon name="source" size={15} />
            </button>
          </div>
        )}
      </div>
      {raw ? (
        <figure className="raw-figure">
          <pre className="raw">{provision.raw}</pre>
          <figcaption>{t('act.rawLine', { line: String(provision.line) })}</figcaption>
        </figure>
      ) : null}
      {node.children.map((child) => (
        <ActProvision
          key={child.provision.eid}
          node={child}
          lang={lang}
          amendments={amendments}
          targetEid={targetEid}
          articleHref={articleHref}
        />
      ))}
      {notes.map((amendment) => (
        <AmendmentNote key={amendment.raw} amendment={amendment} lang={lang} />
      ))}
    </div>
  )
}
