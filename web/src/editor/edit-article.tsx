import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, read } from '../api/client.ts'
import type { Lang } from '../api/types.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { draftListQuery } from './queries.ts'

/** Goes on with an open draft of the article, or begins one. */
export function EditArticle({
  articleId,
  lang,
  languages,
  slug,
}: {
  articleId: string
  lang: Lang
  /** Languages that it is published in. */
  languages: readonly Lang[]
  /** Of the text in force today, which can be taken as a file; null: another day's is on the page, or none. */
  slug: string | null
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = useInfiniteQuery(draftListQuery({ mine: false, articleId }))
  const begin = useMutation({
    mutationFn: (into: Lang) => read(api.editorial.drafts.$post({ json: { articleId, lang: into } })),
    onSuccess: (draft) => void navigate(`/editorial/drafts/${encodeURIComponent(draft.draftId)}`),
  })
  const own = open.data?.pages.flatMap((page) => page.items) ?? []
  const other: Lang = lang === 'ru' ? 'kk' : 'ru'
  return (
    <div className="edit-article">
      {own.map((draft) => (
        <Link key={draft.draftId} to={`/editorial/drafts/${encodeURIComponent(draft.draftId)}`}>
          {t('editorial.continueDraft')} ({t(`lang.${draft.lang}`)}, {t(`editorial.state.${draft.state}`)},{' '}
          {draft.updatedBy.name})
        </Link>
      ))}
      <button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate(lang)}>
        {t('editorial.edit')}
      </button>
      {languages.length === 0 || languages.includes(other) ? null : (
        <button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate(other)}>
          {t('editorial.translate', { lang: t(`lang.${other}`) })}
        </button>
      )}
      {slug === null ? null : (
        <a href={`/api/v1/articles/${encodeURIComponent(articleId)}/file?lang=${lang}`} download={`${slug}.md`}>
          {t('editorial.downloadArticle')}
        </a>
      )}
      {begin.error === null ? null : <ProblemNotice error={begin.error} />}
    </div>
  )
}
