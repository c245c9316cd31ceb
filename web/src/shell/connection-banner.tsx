import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { connection } from '../api/connection.ts'
import { fetchApi } from '../api/fetch-api.ts'

const RETRY_MS = 4_000

/** Says that the server is gone, knocks until it answers, then refreshes what failed. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const gone = useSyncExternalStore(connection.watch, connection.current) === 'gone'
  const [knocking, setKnocking] = useState(false)

  const knock = useCallback(async () => {
    setKnocking(true)
    try {
      await fetchApi('/health')
    } catch {
      // Still gone, or it answers with a refusal, which `connection` has noted as an answer.
    } finally {
      setKnocking(false)
    }
  }, [])

  useEffect(() => {
    if (!gone) return
    const timer = window.setInterval(() => void knock(), RETRY_MS)
    const online = () => void knock()
    window.addEventListener('online', online)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('online', online)
      void queries.invalidateQueries()
    }
  }, [gone, knock, queries])

  if (!gone) return null
  return (
    <div className="banner banner-gone" role="alert">
      <span>{t('problem.gone')}</span>
      <button type="button" className="button button-small" disabled={knocking} onClick={() => void knock()}>
        {t('common.retry')}
      </button>
    </div>
  )
}
