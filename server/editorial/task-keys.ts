/** Keys of tasks: what each is about. */
export const reviewKey = (draftId: string): string => `review:${draftId}`
export const changesKey = (draftId: string): string => `changes:${draftId}`
export const staleKey = (articleId: string, lang: string): string => `stale:${articleId}:${lang}`
export const brokenKey = (articleId: string, lang: string): string => `broken:${articleId}:${lang}`
