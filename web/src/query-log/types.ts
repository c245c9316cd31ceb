import type { QUERY_LISTS } from '#server/query-log/schema.ts'

export type { LoggedQuery } from '#server/query-log/schema.ts'
export type QueryList = (typeof QUERY_LISTS)[number]
