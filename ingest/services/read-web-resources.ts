import type { Finding } from './read-contacts.ts'
import { quoted } from './messages.ts'
import { trimCharacters } from './trim-characters.ts'

const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}(?::\d{2,5})?(?:[/?#]\S*)?$/u

/** Addresses of a cell as URLs, https where none is said; everything wrong with them. Pure. */
export function readWebResources(text: string): { urls: string[]; findings: Finding[] } {
  const urls: string[] = []
  const findings: Finding[] = []
  for (const printed of text.split(/[\s;,]+/u)) {
    const piece = trimCharacters(printed, '«»"\'()<>.')
    if (piece === '') continue
    const scheme = /^([a-z][a-z0-9+.-]*):(?!\d+(?:\/|$))/iu.exec(piece)?.[1]?.toLowerCase()
    if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
      findings.push({ code: 'web-scheme', values: { text: quoted(piece) } })
      continue
    }
    if (scheme === undefined && !HOST.test(piece)) {
      // Words beside an address («портал egov.kz») do no harm; alone they are no address.
      if (/[./@\\]/u.test(piece)) findings.push({ code: 'web-wrong', values: { text: quoted(piece) } })
      continue
    }
    try {
      const url = new URL(scheme === undefined ? `https://${piece}` : piece)
      // A user name before the host is a way to show one site and open another.
      if (url.username !== '' || url.password !== '' || !url.hostname.includes('.') || piece.length > 2000)
        findings.push({ code: 'web-wrong', values: { text: quoted(piece) } })
      else if (!urls.includes(url.href)) urls.push(url.href)
    } catch {
      findings.push({ code: 'web-wrong', values: { text: quoted(piece) } })
    }
  }
  if (urls.length === 0 && findings.length === 0) findings.push({ code: 'web-wrong', values: { text: quoted(text) } })
  return { urls, findings }
}
