import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Lang } from '../api/types.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { termText } from './passport-glance.tsx'
import { passportPath } from './passport-href.ts'
import './passports.css'
import { passportsQuery } from './queries.ts'
import type { Passport } from './types.ts'

function Line({ passport, lang, asOf }: { passport: Passport; lang: Lang; asOf: string | null }) {
  const { t } = useTranslation()
  const text = passport[lang] ?? passport.ru ?? passport.kk
  if (text === null) return null
  const shown = passport[lang] === null ? (passport.ru === null ? 'kk' : 'ru') : lang
  const said = [
    ...text.terms.filter(({ of }) => of === 'service').map((term) => termText(term, t)),
    ...(text.fee.kind === null ? [] : [t(`passport.feeKind.${text.fee.kind}`)]),
    ...(text.counts.documents === null ? [] : [`${t('passport.field.documents')}: ${text.counts.documents}`]),
  ]
  return (
    <li>
      <Link to={passportPath(passport.actId, passport.eid, { lang: shown, asOf })} lang={shown}>
        {text.name ?? t('passport.unnamed')}
      </Link>
      <span className="sub-line">{said.join(' · ')}</span>
    </li>
  )
}

interface PassportListProps {
  actId: string
  lang: Lang
  asOf: string | null
  /** Only that of this table. */
  eid?: string
}

/** Services whose standards stand in the act; nothing for an act without any. */
export function PassportList({ actId, lang, asOf, eid }: PassportListProps) {
  const found = useQuery(passportsQuery({ actId, asOf }))
  if (found.error !== null) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
  const items = (found.data?.items ?? []).filter((one) => eid === undefined || one.eid === eid)
  return (
    <ul className="passport-list" data-testid="passport-list">
      {items.map((passport) => (
        <Line key={passport.eid} passport={passport} lang={lang} asOf={asOf} />
      ))}
    </ul>
  )
}

/** «Паспорт услуги» on the page of an act. */
export function PassportListSection(props: PassportListProps) {
  const { t } = useTranslation()
  const found = useQuery(passportsQuery({ actId: props.actId, asOf: props.asOf }))
  if (found.error === null && (found.data === undefined || found.data.items.length === 0)) return null
  return (
    <section id="passports" className="passport-list-section" aria-labelledby="passports-title">
      <h2 id="passports-title">{t('passport.titles')}</h2>
      <PassportList {...props} />
    </section>
  )
}
