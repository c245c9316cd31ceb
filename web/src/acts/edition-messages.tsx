import { useTranslation } from 'react-i18next'
import type { Edition } from '../api/types.ts'
import { formatDay } from '../text/days.ts'
import { LangBadge } from '../ui/lang-badge.tsx'

/** What the import said of each held text, for editors: odd notes, places not understood, what was left out. */
export function EditionMessages({ editions }: { editions: readonly Edition[] }) {
  const { t } = useTranslation()
  const told = editions.filter(({ messages }) => messages.length > 0)
  return (
    <section id="messages" aria-labelledby="messages-title" data-testid="edition-messages">
      <h2 id="messages-title">{t('act.messages')}</h2>
      {told.length === 0 ? <p className="muted">{t('act.noMessages')}</p> : null}
      {told.map((edition) => (
        <details key={edition.editionId} open={told.length === 1}>
          <summary>
            {t('act.stateEdition', { date: formatDay(edition.date) })} <LangBadge lang={edition.lang} />{' '}
            <span className="muted">{t('act.messageCount', { count: edition.messages.length })}</span>
          </summary>
          <ul className="plain-list" lang="ru">
            {edition.messages.map((message, index) => (
              <li key={index} data-rule={message.rule}>
                <span className="muted">{t('act.rawLine', { line: String(message.line) })}:</span> {message.text}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
