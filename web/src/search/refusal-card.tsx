import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import type { Answer, Competence } from '../api/types.ts'

type Contact = Competence['contacts'][number]

function hrefOfContact(contact: Contact): string {
  if (contact.kind === 'phone') return `tel:${contact.value.replaceAll(/[^\d+]/g, '')}`
  if (contact.kind === 'email') return `mailto:${contact.value}`
  return /^https?:\/\//.test(contact.value) ? contact.value : `https://${contact.value}`
}

/** No answer, and whose question it is. */
export function RefusalCard({ answer, children }: { answer: Answer; children?: ReactNode }) {
  const { t } = useTranslation()
  const body = answer.competence
  return (
    <div className="refusal" data-testid="refusal">
      <p className="refusal-message" lang={answer.lang}>
        {answer.message ?? t('answer.noCompetence')}
      </p>
      {children}
      {body === null ? null : (
        <section className="competence" aria-label={t('answer.competence')}>
          <h3>{t('answer.competence')}</h3>
          <p className="competence-name" lang={answer.lang}>
            {body.name}
          </p>
          {body.contacts.length === 0 ? <p className="muted">{t('answer.noContacts')}</p> : null}
          <dl className="contacts">
            {body.contacts.map((contact) => (
              <div key={`${contact.kind}${contact.value}`}>
                <dt>{t(`answer.${contact.kind}`)}</dt>
                <dd>
                  <a href={hrefOfContact(contact)}>{contact.value}</a>
                </dd>
              </div>
            ))}
          </dl>
          <p className="competence-reason">
            <span>{t('answer.why')}: </span>
            <span lang={answer.lang}>{body.reason}</span>
          </p>
        </section>
      )}
    </div>
  )
}
