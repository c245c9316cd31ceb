/** Keys of tasks: what each is about. */
export const reviewKey = (draftId: string): string => `review:${draftId}`
export const changesKey = (draftId: string): string => `changes:${draftId}`
export const staleKey = (articleId: string, lang: string): string => `stale:${articleId}:${lang}`
export const brokenKey = (articleId: string, lang: string): string => `broken:${articleId}:${lang}`
/** Of a people's text that its act has left behind. */
export const impactKey = (articleId: string, lang: string): string => `impact:${articleId}:${lang}`
/** Of a text that ingestion made and that waits for a second person. */
export const versionKey = (versionId: string): string => `version:${versionId}`
/** Of a published text that its act no longer gives. */
export const endingKey = (versionId: string): string => `ending:${versionId}`
/** Of what is new beside points that a text quotes which nobody divided an act for: once for each act and day. */
export const neighbourKey = (articleId: string, lang: string, actId: string, day: string): string =>
  `neighbour:${articleId}:${lang}:${actId}:${day}`
/** Of an agency's clock that runs out. */
export const deadlineKey = (deadlineId: string): string => `deadline:${deadlineId}`
/** Of a request that nobody is there to answer. */
export const nobodyKey = (requestId: string): string => `nobody:${requestId}`
