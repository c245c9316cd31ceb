import { appliesToDesk } from './applies-to-desk.ts'
import { readStyle, withoutComments, type Style } from './is-hidden-style.ts'

/** Different selectors of a letter, in all of its style sheets together. */
export const MOST_RULES = 2000
/** How often a rule is held against an element in a whole letter: letters that people send need some thousands. */
export const MOST_COMPARISONS = 200_000

interface Declared {
  value: string
  /** What wins over what: more particular selectors first (CSS Cascade 4, 6.4), then what comes later. */
  weight: number
  order: number
}

interface Rule {
  tag: string | null
  id: string | null
  classes: ReadonlySet<string>
  declared: Map<string, Declared>
}

export interface StyleSheet {
  /** What the rules say of such an element. The same element costs nothing the second time. */
  styleOf: (element: { tag: string; id: string | null; classes: string }) => Style
  /** Rules, and comparisons so far. */
  spent: () => { rules: number; comparisons: number }
  /** Some rules were left out, for there are too many. */
  isCut: () => boolean
}

const NOTHING: Style = new Map()

/** Blocks in one another that are opened. */
const DEEPEST = 5

/** Whether a block holds rules that a reader at a desk gets. */
const isOpened = (said: string): boolean => {
  const [, name = '', list = ''] = /^@(media|layer|supports)(?![\w-])(.*)$/isu.exec(said) ?? []
  return name.toLowerCase() === 'media' ? appliesToDesk(list) : name !== '' && !/^\s*not(?![\w-])/iu.test(list)
}

/** Rules of a style sheet. Those for another medium stand in a block of their own, which is left out whole. */
function blocksOf(css: string, depthLeft = DEEPEST): { selectors: string; body: string }[] {
  const found: { selectors: string; body: string }[] = []
  let depth = 0
  let from = 0
  let selectors = ''
  const close = (at?: number): void => {
    // Rules within a rule are not read.
    if (!selectors.startsWith('@')) found.push({ selectors, body: css.slice(from, at).split('{', 1)[0] ?? '' })
    else if (depthLeft > 0 && isOpened(selectors))
      for (const one of blocksOf(css.slice(from, at), depthLeft - 1)) found.push(one)
  }
  for (const { 0: brace, index } of css.matchAll(/[{}]/gu)) {
    if (brace === '{') {
      if (depth === 0) {
        const said = css.slice(from, index)
        selectors = said.slice(said.lastIndexOf(';') + 1).trim()
        from = index + 1
      }
      depth += 1
    } else if (depth > 0) {
      depth -= 1
      if (depth > 0) continue
      close(index)
      from = index + 1
    }
  }
  if (depth > 0) close()
  return found
}

/**
 * Style sheets of a letter, as far as text is hidden by them: rules with one plain selector each («.x», «p.x», «#x»); others hide nothing. Rules with the same
 * selector are one, and what may be spent is bounded over the whole letter. Pure, but that it remembers.
 */
export function createStyleSheet(sheets: readonly string[]): StyleSheet {
  const rules = new Map<string, Rule>()
  const byKey = new Map<string, Rule[]>()
  let isCut = false
  let order = 0
  for (const { selectors, body } of sheets.flatMap((css) =>
    blocksOf(withoutComments(css).replaceAll(/<!--|-->/gu, '')),
  )) {
    if (selectors.length > 1000) continue
    const style = readStyle(body)
    if (style.size === 0) continue
    for (const selector of selectors.split(',')) {
      const read = /^\s*([a-z][a-z\d]*|\*)?((?:\.[\w-]+)*)(?:#([\w-]+))?\s*$/iu.exec(selector)
      const [whole = '', name = '*', given = '', id = null] = read ?? []
      if (whole.trim() === '') continue
      const tag = name === '*' ? null : name.toLowerCase()
      const classes = new Set(given.split('.').filter((one) => one !== ''))
      const same = `${tag ?? '*'}.${[...classes].toSorted().join('.')}#${id ?? ''}`
      let rule = rules.get(same)
      if (rule === undefined) {
        if (rules.size >= MOST_RULES) {
          isCut = true
          continue
        }
        rule = { tag, id, classes, declared: new Map() }
        rules.set(same, rule)
        const [first] = classes
        const key = id !== null ? `#${id}` : first !== undefined ? `.${first}` : (tag ?? '*')
        const held = byKey.get(key)
        if (held === undefined) byKey.set(key, [rule])
        else held.push(rule)
      }
      const weight = (id === null ? 0 : 10_000) + classes.size * 100 + (tag === null ? 0 : 1)
      for (const [property, value] of style) rule.declared.set(property, { value, weight, order: (order += 1) })
    }
  }

  const known = new Map<string, Style>()
  let comparisons = 0
  const merged = (tag: string, id: string | null, given: string): Style => {
    const classes = new Set(given.split(/\s+/u))
    const best = new Map<string, Declared>()
    for (const key of ['*', tag, ...(id === null ? [] : [`#${id}`]), ...[...classes].map((one) => `.${one}`)])
      for (const rule of byKey.get(key) ?? []) {
        if (comparisons >= MOST_COMPARISONS) {
          isCut = true
          return NOTHING
        }
        comparisons += 1
        if (rule.tag !== null && rule.tag !== tag) continue
        if (rule.id !== null && rule.id !== id) continue
        if (![...rule.classes].every((one) => classes.has(one))) continue
        for (const [property, one] of rule.declared) {
          const other = best.get(property)
          if (
            other === undefined ||
            one.weight > other.weight ||
            (one.weight === other.weight && one.order > other.order)
          )
            best.set(property, one)
        }
      }
    return new Map(
      [...best]
        .toSorted(([, left], [, right]) => left.weight - right.weight || left.order - right.order)
        .map(([property, { value }]) => [property, value]),
    )
  }
  return {
    styleOf({ tag, id, classes }) {
      if (rules.size === 0) return NOTHING
      const own = id !== null && byKey.has(`#${id}`) ? id : null
      const key = [tag, own ?? '', classes].join('\0')
      const style = known.get(key) ?? merged(tag, own, classes)
      known.set(key, style)
      return style
    },
    spent: () => ({ rules: rules.size, comparisons }),
    isCut: () => isCut,
  }
}
