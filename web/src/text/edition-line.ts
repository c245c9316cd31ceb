import type { TFunction } from 'i18next'
import type { Citation } from '../api/types.ts'
import { formatDay } from './days.ts'

type Dated = Pick<Citation, 'edition' | 'validFrom' | 'validFromKnown'>

/** «ред. приказа № 368/НҚ от 04.10.2022» in the language of the interface. */
export function editionLine(edition: Citation['edition'], t: TFunction): string {
  const date = formatDay(edition.date)
  if (edition.amendedBy === null) return t('edition.original', { date })
  const order = /^(?:приказ|бұйрық)\s+№\s*(?<number>\S+)/iu.exec(edition.amendedBy)?.groups?.['number']
  return order === undefined
    ? t('edition.other', { date, by: edition.amendedBy })
    : t('edition.order', { number: order, date })
}

/** «действует не ранее 15.10.2022»: honest about a day that follows from an unknown publication date. */
export const validityLine = (cited: Dated, t: TFunction): string =>
  t(cited.validFromKnown ? 'edition.since' : 'edition.notBefore', { date: formatDay(cited.validFrom) })
