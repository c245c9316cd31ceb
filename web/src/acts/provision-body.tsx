import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Provision } from '../api/types.ts'

/** The text of a provision with its references as links. */
export function ProvisionBody({ provision }: { provision: Provision }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const { text } = provision
  const parts: { text: string; eid: string | null; external: string | null }[] = []
  let at = 0
  for (const reference of [...provision.references].sort((a, b) => a.start - b.start)) {
    if (reference.start < at || reference.end > text.length) continue
    parts.push({ text: text.slice(at, reference.start), eid: null, external: null })
    parts.push({
      text: text.slice(reference.start, reference.end),
      eid: reference.targetEids[0] ?? null,
      external: reference.external,
    })
    at = reference.end
  }
  parts.push({ text: text.slice(at), eid: null, external: null })
  return (
    <p>
      {parts.map((part, index) => {
        if (part.eid !== null)
          return (
            <Link key={index} to={{ search, hash: `#${part.eid}` }}>
              {part.text}
            </Link>
          )
        if (part.external !== null)
          return (
            <span key={index} className="external-reference" title={t('act.external', { what: part.external })}>
              {part.text}
            </span>
          )
        return <Fragment key={index}>{part.text}</Fragment>
      })}
    </p>
  )
}
