import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import { LONGEST_QUESTION, SHORTEST_QUESTION } from './types.ts'
import { useSession } from '../shell/use-session.ts'
import { Modal } from '../ui/modal.tsx'
import { PagedList } from '../ui/paged-list.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import './sample-questions.css'
import { questionCountsQuery, QUESTIONS_KEY, questionsQuery } from './queries.ts'
import { QuestionRows } from './question-rows.tsx'

interface ProvisionQuestionsProps {
  actId: string
  lang: Lang
  eid: string
  label: string
  /** The wording that is read here; null: it is not how the provision reads today, and nothing is added to it. */
  provisionId: string | null
}

/** How many questions a provision answers, for editors and supervisors, and the way to them. */
export function ProvisionQuestions(props: ProvisionQuestionsProps) {
  const { actId, lang, eid, label } = props
  const { t } = useTranslation()
  const { role } = useSession()
  const [isOpen, setOpen] = useState(false)
  const reads = role === 'editor' || role === 'supervisor' || role === 'admin'
  const counts = useQuery({ ...questionCountsQuery({ actId, lang }), enabled: reads })
  if (!reads || counts.data === undefined) return null
  const count = counts.data.items.find((item) => item.eid === eid)?.count ?? 0
  return (
    <div className="provision-questions">
      <button type="button" className="link-button" data-testid="provision-questions" onClick={() => setOpen(true)}>
        {t('questions.count', { count })} <span className="visually-hidden">{label}</span>
      </button>
      {isOpen ? <QuestionsDialog {...props} onClose={() => setOpen(false)} /> : null}
    </div>
  )
}

function QuestionsDialog({
  actId,
  lang,
  eid,
  label,
  provisionId,
  onClose,
}: ProvisionQuestionsProps & { onClose: () => void }) {
  const { t } = useTranslation()
  const { role } = useSession()
  const id = useId()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // A dialog takes the focus as it opens, to its first button.
  useEffect(() => field.current?.focus(), [])
  const list = useInfiniteQuery(questionsQuery({ actId, lang, eid, q: '', origin: null, needsLook: false }))
  const add = useMutation({
    mutationFn: (seen: string) =>
      read(api['sample-questions'].$post({ json: { actId, lang, eid, provisionId: seen, text: text.trim() } })),
    onSuccess: () => setText(''),
    onSettled: () => queries.invalidateQueries({ queryKey: QUESTIONS_KEY }),
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (provisionId !== null) add.mutate(provisionId)
  }
  return (
    <Modal title={t('questions.ofPoint', { label })} onClose={onClose}>
      <p className="muted">{t('questions.ofPointText')}</p>
      {provisionId !== null && (role === 'editor' || role === 'admin') ? (
        <form className="form" onSubmit={submit}>
          <div className="form-field">
            <label htmlFor={id}>{t('questions.add')}</label>
            <input
              id={id}
              ref={field}
              type="text"
              lang={lang}
              required
              minLength={SHORTEST_QUESTION}
              maxLength={LONGEST_QUESTION}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          {add.error === null ? null : <ProblemNotice error={add.error} />}
          {/* Always there: what comes into it is read out. */}
          <p role="status" className="muted" data-testid="question-added">
            {add.isSuccess ? t('questions.added') : ''}
          </p>
          <div className="modal-actions">
            <button type="submit" className="button button-primary" disabled={add.isPending}>
              {t('questions.addDo')}
            </button>
          </div>
        </form>
      ) : null}
      <PagedList list={list} rows={3} empty={t('questions.noneHere')}>
        {(items) => <QuestionRows items={items} withPlaces={false} />}
      </PagedList>
    </Modal>
  )
}
