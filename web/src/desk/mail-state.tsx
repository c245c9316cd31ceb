import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatMoment } from '../text/days.ts'
import { incomingMailQuery } from './queries.ts'

/** How it stands with the mailbox. @param isBrief nothing is shown where none is configured */
export function MailState({ isBrief = false }: { isBrief?: boolean }) {
  const { t } = useTranslation()
  const { data } = useQuery(incomingMailQuery)
  if (data === undefined) return null
  if (data.state === 'off') return isBrief ? null : <p className="muted">{t('desk.mailOff')}</p>
  const { lastError, lastLetterAt, state, apart } = data
  const isWell = state === 'connected'
  return (
    <div
      className={isWell ? 'mail-state' : 'mail-state notice'}
      role="status"
      data-testid="mail-state"
      data-state={state}
    >
      <p>
        {t(`desk.mail_${state}`)},{' '}
        {lastLetterAt === null ? t('desk.mailNone') : t('desk.mailLast', { at: formatMoment(lastLetterAt) })}
        {isBrief && apart > 0 ? (
          <>
            {'. '}
            <Link to="/incoming-mail">
              {t('desk.mailApart')}: {apart}
            </Link>
          </>
        ) : null}
      </p>
      {lastError !== null && !(isBrief && isWell) ? (
        <p className="muted">
          {t('desk.mailError', { at: formatMoment(lastError.at), reason: t(`desk.mailError_${lastError.reason}`) })}
        </p>
      ) : null}
    </div>
  )
}
