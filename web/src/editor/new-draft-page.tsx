import { useMutation } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { useSession } from '../shell/use-session.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ImportFiles } from './import-files.tsx'
import { slugOf } from './slug-of.ts'

/** Begins an article that no act gave. */
export function NewDraftPage() {
  const { t } = useTranslation()
  const session = useSession()
  const navigate = useNavigate()
  const id = useId()
  // A question that nothing was found for may begin it.
  const [params] = useSearchParams()
  const [title, setTitle] = useState(() => (params.get('title') ?? '').slice(0, 300))
  const [slug, setSlug] = useState<string | null>(null)
  const [lang, setLang] = useState<Lang>(params.get('lang') === 'kk' ? 'kk' : 'ru')
  usePageTitle(t('editorial.newArticle'))
  const create = useMutation({
    mutationFn: () =>
      read(
        api.editorial.drafts.$post({ json: { lang, content: { title: title.trim(), slug: slug ?? slugOf(title) } } }),
      ),
    onSuccess: (draft) => void navigate(`/editorial/drafts/${encodeURIComponent(draft.draftId)}`),
  })
  if (session.role !== 'editor' && session.role !== 'admin') return <NotFoundPage />
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    create.mutate()
  }
  return (
    <div className="page page-narrow">
      <h1>{t('editorial.newArticle')}</h1>
      <form className="form" onSubmit={submit}>
        <div className="form-field">
          <label htmlFor={`${id}-title`}>{t('editorial.fieldTitle')}</label>
          <input
            id={`${id}-title`}
            type="text"
            required
            minLength={3}
            maxLength={300}
            autoFocus
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-slug`}>{t('editorial.fieldSlug')}</label>
          <input
            id={`${id}-slug`}
            type="text"
            maxLength={120}
            value={slug ?? slugOf(title)}
            onChange={(event) => setSlug(event.target.value)}
          />
        </div>
        <Segmented<Lang>
          label={t('editorial.fieldLang')}
          value={lang}
          onChange={setLang}
          options={(['ru', 'kk'] as const).map((value) => ({ value, label: t(`lang.${value}`) }))}
        />
        {create.error === null ? null : <ProblemNotice error={create.error} />}
        <div>
          <button type="submit" className="button button-primary" disabled={create.isPending}>
            {t('editorial.create')}
          </button>
        </div>
      </form>
      <ImportFiles />
    </div>
  )
}
