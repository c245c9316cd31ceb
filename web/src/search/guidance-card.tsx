import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Answer, Guidance, OperatorGroup } from '../api/types.ts'
import { Icon } from '../ui/icon.tsx'
import { useToast } from '../ui/toast.tsx'
import { CitationChip } from './citation-chip.tsx'

interface GuidanceCardProps {
  guidance: Guidance
  lang: Answer['lang']
  asOf: string | null
  /** Asks again for a state body. */
  onStateBody: () => void
  /** Says that the group it would go to is one's own. */
  onOwnGroup: (group: OperatorGroup) => void
}

/** A request to the operator of the ICT infrastructure, to be finished by hand and copied (п. 36). */
function Draft({ draft, lang }: { draft: NonNullable<Guidance['draft']>; lang: Answer['lang'] }) {
  const { t } = useTranslation()
  const say = useToast()
  const [text, setText] = useState(draft.body)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${draft.subject}\n\n${text}`)
      say(t('guidance.draftCopied'))
    } catch {
      say(t('answer.copyFailed'))
    }
  }
  return (
    <section className="guidance-draft" aria-label={t('guidance.draft')}>
      <h4>{t('guidance.draft')}</h4>
      <p className="guidance-subject" lang={lang}>
        {draft.subject}
      </p>
      <textarea
        className="guidance-text"
        lang={lang}
        rows={14}
        maxLength={6000}
        aria-label={t('guidance.draftText')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="button" className="button button-small" onClick={() => void copy()}>
        <Icon name="copy" size={14} />
        {t('guidance.copyDraft')}
      </button>
    </section>
  )
}

/** What to do with a question that has no answer here, with the words to say and the point they rest on. */
export function GuidanceCard({ guidance, lang, asOf, onStateBody, onOwnGroup }: GuidanceCardProps) {
  const { t } = useTranslation()
  const { citation, draft, group } = guidance
  return (
    <section
      className="guidance"
      aria-label={t(`guidance.kind.${guidance.kind}`)}
      data-testid="guidance"
      data-kind={guidance.kind}
    >
      <h3>{t(`guidance.kind.${guidance.kind}`)}</h3>
      <p className="guidance-say">
        <span lang={lang}>{guidance.text}</span>{' '}
        {citation === null ? null : <CitationChip number={null} citation={citation} asOf={asOf} />}
      </p>
      {group === null ? null : (
        <div className="guidance-actions">
          {group.id === 'ict' ? (
            <button type="button" className="button button-small" onClick={onStateBody}>
              {t('guidance.stateBody')}
            </button>
          ) : null}
          <button type="button" className="link-button" onClick={() => onOwnGroup(group.id)}>
            {t('guidance.ownGroup')}
          </button>
        </div>
      )}
      {guidance.isBodyUnknown ? (
        <ul className="guidance-steps">
          <li>
            {t('guidance.findBody')} <Link to="/agencies">{t('gate.directoryTitle')}</Link>
          </li>
          <li>{t('guidance.tellEditors')}</li>
        </ul>
      ) : null}
      {draft === null ? null : <Draft key={draft.body} draft={draft} lang={lang} />}
    </section>
  )
}
