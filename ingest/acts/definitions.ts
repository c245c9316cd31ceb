import type { Definition, Provision } from './act.ts'

const LEAD = /(?:понятия|термины|определения|сокращения|ұғымдар|терминдер)/iu
const SHORT_FORMS = /\((?:далее|бұдан әрі)\s*[–—-]\s*([^()]{1,200})\)/giu

/** «(далее – База знаний)» → ['База знаний']; several are separated by commas or semicolons. Pure. */
export function shortFormsIn(text: string): string[] {
  return [...text.matchAll(SHORT_FORMS)]
    .flatMap((found) => (found[1] ?? '').split(/\s*[;,]\s*/))
    .filter((form) => form !== '')
}

/** Offset of the dash between term and meaning, brackets skipped; -1 when there is none. */
function dashAt(text: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index)
    if (char === '(') depth += 1
    else if (char === ')') depth -= 1
    else if (depth === 0 && /[–—-]/.test(char) && text.charAt(index - 1) === ' ' && text.charAt(index + 1) === ' ')
      return index
  }
  return -1
}

/** The defined terms: sub-points of a point that says it lists concepts. Pure. */
export function definitionsOf(provisions: readonly Provision[]): Definition[] {
  const lists = new Set(
    provisions
      .filter(
        (one) => (one.kind === 'point' || one.kind === 'article') && one.text.endsWith(':') && LEAD.test(one.text),
      )
      .map((one) => one.eid),
  )
  return provisions.flatMap((one): Definition[] => {
    if (one.kind !== 'subpoint' || one.parentEid === null || !lists.has(one.parentEid)) return []
    const dash = dashAt(one.text)
    if (dash < 0) return []
    const head = one.text.slice(0, dash)
    return [
      {
        term: head.replace(SHORT_FORMS, '').replace(/\s+/g, ' ').trim(),
        shortForms: shortFormsIn(head),
        meaning: one.text
          .slice(dash + 1)
          .trim()
          .replace(/[;.]$/, ''),
        eid: one.eid,
      },
    ]
  })
}
