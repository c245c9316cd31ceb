import { useTranslation } from 'react-i18next'
import { formatDay } from '../text/days.ts'
import type { Deadline } from './types.ts'

const TONES = { open: '', overdue: 'state-removed', met: 'state-added', 'met-late': 'state-changed' } as const

/** Where a clock stands, in a word and the day it was met. */
export function DeadlineState({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation()
  return (
    <span className={`state ${TONES[deadline.state]}`}>
      {t(`services.deadline_${deadline.state}`)}
      {deadline.metOn === null ? null : ` ${formatDay(deadline.metOn)}`}
    </span>
  )
}
