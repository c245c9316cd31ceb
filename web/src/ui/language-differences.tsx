import { useTranslation } from 'react-i18next'
import type { Lang, LanguageDifference } from '../api/types.ts'

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

export function DifferenceSides({ difference }: { difference: Pick<LanguageDifference, 'ru' | 'kk'> }) {
  const { t } = useTranslation()
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
              <span className="muted">{label === null ? t('difference.noProvision') : t('difference.nothing')}</span>
            )}
          </span>
        )
      })}
    </>
  )
}
