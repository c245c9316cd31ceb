import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Lang, LanguageDifference } from '../api/types.ts'

const sayNothing = (kind: LanguageDifference['kind'], label: string | null, t: TFunction): string => {
  if (label === null) return t('difference.noProvision')
  return kind === 'numbering' || kind === 'missing' || kind === 'status' ? label : t('difference.nothing')
}

const SIDES: readonly Lang[] = ['ru', 'kk']

/** What each text says where they disagree; shown beside the words that an operator is about to say. */
export function LanguageDifferences({ list }: { list: readonly LanguageDifference[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  return (
    <span className="differences" role="note">
      <span className="differences-title">{t('difference.warning')}</span>
      {list.map((difference) => (
        <span key={difference.differenceId} className="difference">
          <span className="difference-kind">{t(`difference.${difference.kind}`)}: </span>
          <DifferenceSides difference={difference} />
        </span>
      ))}
    </span>
  )
}

/** Of a number it is the places that differ; of a length nothing is said by either side. */
export function DifferenceSides({ difference }: { difference: Pick<LanguageDifference, 'kind' | 'ru' | 'kk'> }) {
  const { t } = useTranslation()
  if (difference.kind === 'omission') return <span className="muted">{t('difference.lengths')}</span>
  return (
    <>
      {SIDES.map((lang, index) => {
        const { label, said } = difference[lang]
        return (
          <span key={lang}>
            {index === 0 ? null : ' · '}
            <span className="difference-lang">{t(lang === 'ru' ? 'difference.inRu' : 'difference.inKk')}</span>{' '}
            {said.length > 0 ? (
              <q lang={lang}>{said.join('; ')}</q>
            ) : (
              <span className="muted">{sayNothing(difference.kind, label, t)}</span>
            )}
          </span>
        )
      })}
    </>
  )
}
