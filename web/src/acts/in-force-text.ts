import type { TFunction } from 'i18next'
import type { Amendment } from '../api/types.ts'
import { formatDay } from '../text/days.ts'

const AFTER = { calendar: 'afterCalendarDays', working: 'afterWorkingDays', month: 'afterMonths' } as const

type AfterPublication = Extract<Amendment['inForce'], { rule: 'after-publication' }>

function afterPublication({ days, unit, onTheDay }: AfterPublication, t: TFunction): string {
  if (onTheDay === true) return t('act.onPublication')
  return days === 0 ? t('act.dayAfterPublication') : t(`act.${AFTER[unit]}`, { count: days })
}

/** When a change enters into force, in words of the interface. */
export function inForceText(inForce: Amendment['inForce'], t: TFunction): string {
  switch (inForce.rule) {
    case 'date':
      return t('act.fromDate', { date: formatDay(inForce.date) })
    case 'signing':
      return t(inForce.dayAfter === true ? 'act.dayAfterSigning' : 'act.onSigning')
    case 'unstated':
      return t('act.unstated')
    case 'after-publication': {
      const when = afterPublication(inForce, t)
      return inForce.notBefore === null
        ? when
        : `${when}, ${t('act.notBefore', { date: formatDay(inForce.notBefore) })}`
    }
  }
}

const CHANGES = { restated: 'restated', changed: 'changedBy', added: 'added', excluded: 'excludedBy' } as const

/** «Пункт 3 — изменён: приказ № 292/НҚ от 28.07.2023» */
export function amendmentLine(amendment: Amendment, t: TFunction): string {
  const by = `${amendment.by.kind} № ${amendment.by.number}, ${formatDay(amendment.by.date)}`
  const line = t('act.amended', { target: amendment.target, change: t(`act.${CHANGES[amendment.change]}`), by })
  return amendment.onlyLang === null
    ? line
    : `${line} — ${t('act.onlyLang', { lang: t(`lang.${amendment.onlyLang}`) })}`
}
