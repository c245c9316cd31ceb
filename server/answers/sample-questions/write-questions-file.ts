import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type Scalar, type YAMLSeq } from 'yaml'
import type { Lang } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { alike } from './editors-question.ts'
import { MOST_OF_PROVISION, parseSampleQuestions } from './sample-questions-file.ts'

/** By element id, or by the name of a gap: questions that the file does not say yet. */
export type Additions = ReadonlyMap<string, readonly string[]>

/** What editors said of gaps: the day since which all gaps of the file hold, and what the file does not say yet. */
export interface GapAdditions {
  checkedOn: string
  additions: Additions
}

/** The first line of a file that has none but editors' questions: an export knows its own by it. */
export const WRITTEN = '# Questions that editors tied to provisions, as npm run export wrote them.'

const scalar = (text: string): string => new Document(text).toString({ lineWidth: 0 }).trim()
const endOf = (node: Node): number => node.range?.[1] ?? 0
const startOf = (node: Node): number => node.range?.[0] ?? 0
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}
/** A list below its key, `depth` levels in. */
const entry = (key: string, texts: readonly string[], depth = 1): string =>
  `${'  '.repeat(depth)}${scalar(key)}:\n${texts.map((text) => `${'  '.repeat(depth + 1)}- ${scalar(text)}\n`).join('')}`

/** Questions of a list, as a reader of files takes them. */
const saidIn = (list: YAMLSeq): string[] => list.items.map((one) => (isScalar(one) ? String(one.value).trim() : ''))

function addToList(text: string, list: YAMLSeq, texts: readonly string[]): { at: number; text: string } | null {
  const last = list.items.at(-1) as Node | undefined
  if (last === undefined) return null
  if (list.flow === true) return { at: endOf(last), text: texts.map((one) => `, ${JSON.stringify(one)}`).join('') }
  const lead = text.slice(lineStart(text, startOf(last)), startOf(last))
  return { at: lineEnd(text, endOf(last)), text: texts.map((one) => `${lead}${scalar(one)}\n`).join('') }
}

/**
 * What an editor tied to a provision is no known gap any more: those lines are taken out, and a gap that nothing is left of.
 * @returns the file without them; as it was where none is there
 */
function withoutContradicted(text: string, additions: Additions): string {
  const tied = new Set([...additions.values()].flat().map(alike))
  const document = parseDocument(text)
  const gaps = document.getIn(['gaps', 'questions'])
  const items = isMap(gaps) ? gaps.items : []
  const cuts: { from: number; to: number }[] = []
  let left = items.length
  for (const { key, value } of items) {
    if (!isScalar(key) || !isSeq(value) || value.flow === true) continue
    const contradicted = value.items.filter(
      (one): one is Scalar => isScalar(one) && tied.has(alike(String(one.value).trim())),
    )
    if (contradicted.length === value.items.length) {
      left -= 1
      cuts.push({
        from: lineStart(text, startOf(key)),
        to: lineEnd(text, endOf((value.items.at(-1) as Node | undefined) ?? key)),
      })
    } else
      cuts.push(...contradicted.map((one) => ({ from: lineStart(text, startOf(one)), to: lineEnd(text, endOf(one)) })))
  }
  const of = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === 'gaps')
    : undefined
  const last = cuts.at(-1)
  // Gaps without any are no gaps.
  if (left === 0 && last !== undefined && isScalar(of?.key))
    return text.slice(0, lineStart(text, startOf(of.key))) + text.slice(last.to)
  return cuts.toReversed().reduce((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text)
}

/**
 * What was written must be read again, with all that was there and all that was added: a file written in another way (a map in braces) is its
 * keeper's to change.
 */
function checked(
  text: string,
  questions: ReadonlyMap<string, readonly string[]>,
  gaps: ReadonlyMap<string, readonly string[]> | null,
): string {
  const { file, faults } = parseSampleQuestions(text)
  const isThere = (held: Record<string, string[]>, expected: ReadonlyMap<string, readonly string[]>): boolean =>
    Object.keys(held).length === expected.size &&
    [...expected].every(([key, texts]) => texts.every((one) => held[key]?.includes(one) === true))
  if (
    file !== null &&
    faults.length === 0 &&
    isThere(file.questions, questions) &&
    (gaps === null || isThere(file.gaps?.questions ?? {}, gaps))
  )
    return text
  throw new DomainError('validation-failed', 'В файл вопросов нельзя дописать вопросы.', {
    faults: [
      {
        path: 'questions',
        message:
          'вопросы записаны так, что дописать их сюда нельзя. Запишите каждый пункт с новой строки, под ним его вопросы, по одному в строке с «- »',
      },
    ],
  })
}

/** What a file says below a key, and where its last line there ends; 0: nothing that is written in lines. */
function sectionOf(text: string, path: readonly string[]): { lists: Map<string, YAMLSeq>; end: number } {
  const map = parseDocument(text).getIn(path)
  const lists = new Map<string, YAMLSeq>()
  let end = 0
  for (const { key, value } of isMap(map) ? map.items : [])
    if (isScalar(key) && isSeq(value)) {
      lists.set(String(key.value), value)
      end = Math.max(end, lineEnd(text, endOf((value.items.at(-1) as Node | undefined) ?? value)))
    }
  return { lists, end }
}

/** Where `{}` stands, which an export writes itself for an act that has gaps alone. */
function emptyMapOf(text: string, path: readonly string[]): { from: number; to: number } | null {
  const node = parseDocument(text).getIn(path, true)
  return isMap(node) && node.items.length === 0 ? { from: startOf(node), to: endOf(node) } : null
}

/** Adds questions to the lists below a key, and lists that were not there; no list gets more than a file may hold. */
function addBelow(
  text: string,
  path: readonly string[],
  additions: Additions,
  /** A place in the line of a key below which there is nothing yet; null: what is there says where it ends. */
  newAt: number | null = null,
): { text: string; beyond: number; expected: Map<string, readonly string[]> } {
  const { lists, end: last } = sectionOf(text, path)
  const empty = additions.size === 0 ? null : emptyMapOf(text, path)
  if (empty !== null)
    return addBelow(`${text.slice(0, empty.from).trimEnd()}\n${text.slice(empty.to)}`, path, additions, empty.from)
  const end = newAt === null ? last : lineEnd(text, newAt - 1)
  const expected = new Map<string, readonly string[]>([...lists].map(([key, list]) => [key, saidIn(list)]))
  const patches: { at: number; text: string }[] = []
  /** Lists that the file had not: below its last one, and below what is added to that. */
  const opened: string[] = []
  let beyond = 0
  for (const [key, texts] of additions) {
    const list = lists.get(key)
    const said = expected.get(key) ?? []
    const unsaid = texts.filter((one) => !said.includes(one))
    const fresh = unsaid.slice(0, Math.max(0, MOST_OF_PROVISION - said.length))
    beyond += unsaid.length - fresh.length
    if (fresh.length === 0) continue
    expected.set(key, [...said, ...fresh])
    const patch = list === undefined ? null : addToList(text, list, fresh)
    if (list === undefined) opened.push(entry(key, fresh, path.length))
    else if (patch !== null) patches.push(patch)
  }
  // From the end, so that places before stay; what is added to the last list goes in after those below it, and so above them.
  let now = text.slice(0, end) + opened.join('') + text.slice(end)
  for (const { at, text: added } of patches.toSorted((left, right) => right.at - left.at))
    now = now.slice(0, at) + added + now.slice(at)
  return { text: now, beyond, expected }
}

/** Gaps of a file as of a later day, with what editors said of them. */
function withGaps(text: string, { checkedOn, additions }: GapAdditions): ReturnType<typeof addBelow> {
  const held = parseDocument(text).getIn(['gaps', 'checkedOn'], true)
  if (held === undefined) {
    const opened = `${text}gaps:\n  checkedOn: "${checkedOn}"\n  questions:`
    return additions.size === 0
      ? { text, beyond: 0, expected: new Map() }
      : addBelow(`${opened}\n`, ['gaps', 'questions'], additions, opened.length)
  }
  const added = addBelow(text, ['gaps', 'questions'], additions)
  const day = parseDocument(added.text).getIn(['gaps', 'checkedOn'], true)
  if (!isScalar(day) || String(day.value) >= checkedOn) return added
  return { ...added, text: `${added.text.slice(0, startOf(day))}"${checkedOn}"${added.text.slice(endOf(day))}` }
}

/**
 * A file of `content/questions` with editors' questions in it: all that was there stays, to the character, but for known gaps that ask just these, and the
 * day of gaps that editors have confirmed since; no provision and no gap gets more than a file may have of it. Pure.
 * @param text the file as it is; null: there is none yet
 * @param of its act, as files name it, and language
 * @param gaps null: nothing is said of gaps; what the file says a provision answers is left out of them
 * @returns its text, and how many questions were left out since their provision or gap has as many as a file may hold
 * @throws DomainError `validation-failed` where they cannot be written into a file as it is
 */
export function writeQuestionsFile(
  text: string | null,
  of: { act: string; lang: Lang },
  additions: Additions,
  gaps: GapAdditions | null = null,
): { text: string; beyond: number } {
  const whole = text === null ? null : withoutContradicted(text.endsWith('\n') ? text : `${text}\n`, additions)
  const head = `${WRITTEN}\nact: ${JSON.stringify(of.act)}\nlang: ${of.lang}\nquestions:`
  const questions =
    whole !== null
      ? addBelow(whole, ['questions'], additions)
      : additions.size === 0
        ? addBelow(`${head} {}\n`, ['questions'], additions)
        : addBelow(`${head}\n`, ['questions'], additions, head.length)
  const answered = new Set([...questions.expected.values()].flat().map(alike))
  const asked =
    gaps === null
      ? []
      : [...gaps.additions].map(([gap, texts]) => [gap, texts.filter((one) => !answered.has(alike(one)))] as const)
  const written =
    gaps === null
      ? null
      : withGaps(questions.text, { ...gaps, additions: new Map(asked.filter(([, texts]) => texts.length > 0)) })
  const now = written?.text ?? questions.text
  const beyond = questions.beyond + (written?.beyond ?? 0)
  if (now === whole) return { text: text ?? '', beyond }
  return { text: checked(now, questions.expected, written?.expected ?? null), beyond }
}
