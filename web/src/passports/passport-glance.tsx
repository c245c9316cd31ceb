import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lang } from '../api/types.ts'
import type { PassportField, PassportText } from './types.ts'

type TermReading = PassportText['terms'][number]
/** A text with its language, so that a screen reader speaks it in it. */
export type ShownText = PassportText & { lang: Lang }

export const termText = ({ unit, value }: Pick<TermReading, 'unit' | 'value'>, t: TFunction): string =>
  t(`passport.unit.${unit}`, { count: value })

const textOf = (text: PassportText, field: PassportField): string =>
  text.fields[field]
    .filter(({ status }) => status === 'in-force')
    .map((row) => row.text)
    .join('\n')

function Cell({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="glance-cell">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Terms({ text }: { text: ShownText }) {
  const { t } = useTranslation()
  const terms = text.terms.filter(({ of }) => of === 'service')
  const others = text.terms.filter(({ of }) => of !== 'service')
  const isPartlyUnread = text.messages.some(({ rule }) => rule === 'term-unread')
  return (
    <>
      {terms.map((term, at) => (
        <p key={at} className="glance-line">
          <strong>{termText(term, t)}</strong>
          {terms.length > 1 || term.under.length > 0 ? (
            <span className="glance-of" lang={text.lang}>
              {[...term.under.slice(-1), term.text].join(' ')}
            </span>
          ) : null}
        </p>
      ))}
      {others.length === 0 ? null : (
        <p className="glance-of">
          {others.map((term) => `${t(`passport.of.${term.of}`)}: ${termText(term, t)}`).join(' · ')}
        </p>
      )}
      {isPartlyUnread ? <p className="glance-unread">{t('passport.unread')}</p> : null}
      {terms.length === 0 ? <p lang={text.lang}>{textOf(text, 'term')}</p> : null}
    </>
  )
}

function Fee({ text }: { text: ShownText }) {
  const { t } = useTranslation()
  const { kind, amounts } = text.fee
  return (
    <>
      {kind === null ? null : <strong>{t(`passport.feeKind.${kind}`)}</strong>}
      {amounts.length === 0 ? null : <span lang={text.lang}>{amounts.map((amount) => amount.text).join(', ')}</span>}
      {kind === 'free' ? null : (
        <p className="glance-of" lang={text.lang}>
          {textOf(text, 'fee')}
        </p>
      )}
    </>
  )
}

function Hours({ text }: { text: ShownText }) {
  const { t } = useTranslation()
  if (text.hours.length === 0) return <p lang={text.lang}>{textOf(text, 'hours')}</p>
  return text.hours.map((one, at) => (
    <p key={at} className="glance-line">
      {one.of === null ? null : <strong>{t(`passport.whose.${one.of}`)}</strong>}
      {one.roundTheClock ? <strong>{`${one.of === null ? '' : ': '}${t('passport.roundTheClock')}`}</strong> : null}
      <span className="glance-of" lang={text.lang}>
        {one.text}
      </span>
    </p>
  ))
}

/** What an operator says first: how long, how much, where, when. */
export function PassportGlance({ text }: { text: ShownText }) {
  const { t } = useTranslation()
  return (
    <dl className="glance" data-testid="passport-glance">
      <Cell title={t('passport.field.term')}>
        <Terms text={text} />
      </Cell>
      <Cell title={t('passport.field.fee')}>
        <Fee text={text} />
      </Cell>
      <Cell title={t('passport.where')}>
        <p className="glance-channels" lang={text.lang}>
          {textOf(text, 'channels')}
        </p>
        {text.forms.length === 0 ? null : (
          <p className="glance-of">
            {t('passport.field.form')}: {text.forms.map((form) => t(`passport.form.${form}`)).join(', ')}
          </p>
        )}
      </Cell>
      <Cell title={t('passport.field.hours')}>
        <Hours text={text} />
      </Cell>
    </dl>
  )
}
