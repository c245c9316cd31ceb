import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { DomainError, type Fault } from '#server/errors.ts'
import { normaliseWord } from '#server/search/analysis/normalise.ts'
import { LONGEST_TERM } from './schema.ts'
import { sizeOf } from './synonym-groups.ts'

const LANGS = ['ru', 'kk'] as const
const PARTS = ['same', 'near'] as const
const NAMES = { ru: 'русские', kk: 'казахские' }

/**
 * A group in the form in which it is kept: words in one case with single spaces, empty lines left out. Pure.
 * @throws DomainError `validation-failed` with all faults
 */
export function checkContent(content: SynonymContent): SynonymContent {
  const faults: Fault[] = []
  const checked: SynonymContent = { weight: content.weight, ru: { same: [], near: [] }, kk: { same: [], near: [] } }
  for (const lang of LANGS) {
    const seen = new Map<string, string>()
    for (const part of PARTS)
      for (const [at, typed] of content[lang][part].entries()) {
        const path = `json.content.${lang}.${part}.${at}`
        const term = typed.normalize('NFC').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
        if (term === '') continue
        const key = term.split(' ').map(normaliseWord).join(' ')
        const twin = seen.get(key)
        if (term.length > LONGEST_TERM)
          faults.push({ path, message: `«${term.slice(0, 40)}…»: не длиннее ${LONGEST_TERM} знаков` })
        else if (!/[\p{L}\p{N}]/u.test(term)) faults.push({ path, message: `«${term}»: нет ни буквы, ни цифры` })
        else if (twin !== undefined) faults.push({ path, message: `«${term}» уже есть в этой группе: уберите повтор` })
        else checked[lang][part].push(term)
        seen.set(key, term)
      }
    if (checked[lang].same.length === 0 && checked[lang].near.length > 0)
      faults.push({
        path: `json.content.${lang}.same`,
        message: `${NAMES[lang]}: близкие слова есть, а равных нет. Перенесите хотя бы одно в равные`,
      })
  }
  if (faults.length === 0 && sizeOf(checked) < 2)
    faults.push({ path: 'json.content', message: 'В группе должно быть хотя бы два слова: одно слово не синоним' })
  if (faults.length > 0) throw new DomainError('validation-failed', 'The group has faults.', { faults })
  return checked
}
