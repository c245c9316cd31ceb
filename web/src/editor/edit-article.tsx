import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { draftListQuery } from './queries.ts'

/** Goes on with an open draft of the article, or begins one. */
export function EditArticle({ articleId, lang }: { articleId: string; lang: Lang }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = useInfiniteQuery(draftListQuery({ mine: false, articleId }))
  const begin = useMutation({
    mutationFn: () => read(api.editorial.drafts.$post({ json: { articleId, lang } })),
    onSuccess: (draft) => void navigate(`/editorial/drafts/${encodeURIComponent(draft.draftId)}`),
  })
  const own = open.data?.pages.flatMap((page) => page.items).filter((draft) => draft.lang === lang) ?? []
  return (
    <div className="edit-article">
      {own.map((draft) => (
        <Link key={draft.draftId} to={`/editorial/drafts/${encodeURIComponent(draft.draftId)}`}>
          {t('editorial.continueDraft')} ({t(`editorial.state.${draft.state}`)}, {draft.updatedBy.name})
        </Link>
      ))}
      <button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate()}>
        {t('editorial.edit')}
      </button>
      {begin.error === null ? null : <ProblemNotice error={begin.error} />}
    </div>
  )
}
