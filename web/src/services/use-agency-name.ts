import { useQuery } from '@tanstack/react-query'
import { uiLang } from '../i18n/i18n.ts'
import { agencyListQuery } from './queries.ts'

/** Names of bodies by their id; the id itself while they load, or for a body that has left the directory. */
export function useAgencyName(): (id: string) => string {
  const agencies = useQuery(agencyListQuery)
  return (id) => agencies.data?.items.find((agency) => agency.id === id)?.name[uiLang()] ?? id
}
