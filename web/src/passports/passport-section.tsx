import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { editionLine, validityLine } from '../text/edition-line.ts'
import { LanguageDifferences } from '../ui/language-differences.tsx'
import type { ShownText } from './passport-glance.tsx'
import { PassportLines } from './passport-lines.tsx'
import type { Passport, PassportRow } from './types.ts'

interface RowProps {
  row: PassportRow
  text: ShownText
  actId: string
  asOf: string | null
  /** Several texts show the row; only one of them may bear its id. */
  isFirst: boolean
  targetEid: string
  hasHeading: boolean
}

function Row({ row, text, actId, asOf, isFirst, targetEid, hasHeading }: RowProps) {
  const { t } = useTranslation()
  const query = new URLSearchParams({ lang: text.lang, ...(asOf === null ? {} : { asOf }) })
  return (
    <div
      id={isFirst ? row.eid : undefined}
      className="passport-row"
      data-target={row.eid === targetEid}
      tabIndex={-1}
      lang={text.lang}
    >
      {hasHeading ? <h3>{row.heading}</h3> : null}
      {row.status === 'excluded' ? <p className="muted">{t('passport.excluded')}</p> : null}
      <PassportLines groups={row.groups} />
      <p className="passport-source">
        <Link to={`/acts/${encodeURIComponent(actId)}?${query}#${row.eid}`} className="citation-chip passport-chip">
          {row.label}
        </Link>
        <span className="hit-edition">
          {editionLine(row.edition, t)} · {validityLine(row, t)}
        </span>
      </p>
    </div>
  )
}

interface SectionProps {
  passport: Passport
  field: Passport['fields'][number]
  texts: readonly ShownText[]
  asOf: string | null
  targetEid: string
}

/** A field of the passport: what each text says, where the two differ, and the rows that say it. */
export function PassportSection({ passport, field, texts, asOf, targetEid }: SectionProps) {
  const { t } = useTranslation()
  const name = field.field
  const counted = name === 'documents' || name === 'refusal' ? texts.map(({ counts }) => counts[name]) : []
  const count = counted[0] ?? null
  return (
    <section className="passport-section" id={name} aria-labelledby={`${name}-title`} data-testid={`passport-${name}`}>
      <h2 id={`${name}-title`}>
        {t(`passport.field.${name}`)}
        {count === null || counted.some((one) => one !== count) ? null : (
          <span className="passport-count"> {count}</span>
        )}
      </h2>
      <LanguageDifferences list={field.differences} />
      {field.readDifferently && field.differences.length === 0 ? (
        <p className="differences" role="note">
          {t('passport.readDifferently')}
        </p>
      ) : null}
      <div className="passport-texts" data-count={texts.length}>
        {texts.map((text, at) => (
          <div key={text.lang} className="passport-text">
            {text.fields[name].length === 0 ? <p className="muted">{t('passport.noRow')}</p> : null}
            {text.fields[name].map((row) => (
              <Row
                key={row.eid}
                row={row}
                text={text}
                actId={passport.actId}
                asOf={asOf}
                isFirst={at === 0}
                targetEid={targetEid}
                hasHeading={text.fields[name].length > 1}
              />
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}
