import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, read } from '../api/client.ts'
import { TextField } from '../services/text-field.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useToast } from '../ui/toast.tsx'
import '../services/services.css'
import { newDays, PublicationDayFields } from './publication-day-fields.tsx'

const daysQuery = (actId: string) => ({
  queryKey: ['publication-days', actId],
  queryFn: () => read(api.acts[':id']['publication-days'].$get({ param: { id: actId } })),
})

/** Days of publication of an act and of what amends it, given later, with the reason. */
export function PublicationDays({ actId }: { actId: string }) {
  const { t } = useTranslation()
  const say = useToast()
  const queries = useQueryClient()
  const days = useQuery(daysQuery(actId))
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map())
  const [reason, setReason] = useState('')
  const asked = days.data?.items ?? []
  const given = newDays(asked, values)
  const save = useMutation({
    mutationFn: () =>
      read(
        api.acts[':id']['publication-days'].$put({
          param: { id: actId },
          json: { days: given, reason: reason.trim() },
        }),
      ),
    onSuccess: async ({ proposed }) => {
      setValues(new Map())
      setReason('')
      say(t('impact.daysSaved', { count: proposed.length }))
      await queries.invalidateQueries()
    },
  })
  if (days.error !== null) return <ProblemNotice error={days.error} onRetry={() => void days.refetch()} />
  if (asked.length === 0) return null
  return (
    <section id="publication-days" aria-labelledby="publication-days-title" data-testid="publication-days">
      <h2 id="publication-days-title">{t('impact.days')}</h2>
      <p className="muted">{t('impact.daysIntro')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (given.length > 0 && reason.trim().length >= 3) save.mutate()
        }}
      >
        <PublicationDayFields asked={asked} values={values} onChange={setValues} />
        {given.length === 0 ? null : (
          <>
            <TextField
              label={t('impact.reason')}
              hint={t('impact.reasonHint')}
              value={reason}
              onChange={setReason}
              maxLength={500}
            />
            <button
              type="submit"
              className="button button-primary"
              disabled={save.isPending || reason.trim().length < 3}
            >
              {t('impact.saveDays')}
            </button>
          </>
        )}
        {save.error === null ? null : <ProblemNotice error={save.error} />}
      </form>
    </section>
  )
}
