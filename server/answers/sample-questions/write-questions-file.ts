import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type Scalar, type YAMLSeq } from 'yaml'
import type { Lang } from '#server/context.ts'
import { DomainError } from '#server/errors.ts'
import { MOST_OF_PROVISION, parseSampleQuestions } from './sample-questions-file.ts'

/** By element id: questions that the file does not say yet. */
export type Additions = ReadonlyMap<string, readonly string[]>

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
const entry = (eid: string, texts: readonly string[]): string =>
  `  ${scalar(eid)}:\n${texts.map((text) => `    - ${scalar(text)}\n`).join('')}`

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
  const tied = new Set([...additions.values()].flat())
  const gaps = parseDocument(text).getIn(['gaps', 'questions'])
  const cuts: { from: number; to: number }[] = []
  for (const { key, value } of isMap(gaps) ? gaps.items : []) {
    if (!isScalar(key) || !isSeq(value) || value.flow === true) continue
    const contradicted = value.items.filter((one): one is Scalar => isScalar(one) && tied.has(String(one.value).trim()))
    if (contradicted.length === value.items.length)
      cuts.push({
        from: lineStart(text, startOf(key)),
        to: lineEnd(text, endOf((value.items.at(-1) as Node | undefined) ?? key)),
      })
    else
      cuts.push(...contradicted.map((one) => ({ from: lineStart(text, startOf(one)), to: lineEnd(text, endOf(one)) })))
  }
  return cuts.toReversed().reduce((left, { from, to }) => left.slice(0, from) + left.slice(to), text)
}

/**
 * What was written must be read again, with all that was there and all that was added: a file written in another way (`questions: {}`) is its
 * keeper's to change.
 */
function checked(text: string, expected: ReadonlyMap<string, readonly string[]>): string {
  const { file, faults } = parseSampleQuestions(text)
  const lost = [...expected].filter(([eid, texts]) => texts.some((one) => file?.questions[eid]?.includes(one) !== true))
  const isMore = Object.keys(file?.questions ?? {}).length !== expected.size
  if (file !== null && faults.length === 0 && lost.length === 0 && !isMore) return text
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

/**
 * A file of `content/questions` with editors' questions in it: all that was there stays, to the character, but for known gaps that ask just these; no provision gets more than a
 * file may have of it. Pure.
 * @param text the file as it is; null: there is none yet
 * @param of its act, as files name it, and language
 * @returns its text, and how many questions were left out since their provision has as many as a file may hold
 * @throws DomainError `validation-failed` where they cannot be written into a file as it is
 */
export function writeQuestionsFile(
  text: string | null,
  of: { act: string; lang: Lang },
  additions: Additions,
): { text: string; beyond: number } {
  if (text === null) {
    const all = new Map([...additions].map(([eid, texts]) => [eid, texts.slice(0, MOST_OF_PROVISION)] as const))
    const beyond = [...additions.values()].reduce(
      (sum, texts) => sum + Math.max(0, texts.length - MOST_OF_PROVISION),
      0,
    )
    const made = `${WRITTEN}\nact: ${JSON.stringify(of.act)}\nlang: ${of.lang}\nquestions:\n${[...all].map(([eid, texts]) => entry(eid, texts)).join('')}`
    return { text: checked(made, all), beyond }
  }
  const whole = withoutContradicted(text.endsWith('\n') ? text : `${text}\n`, additions)
  const questions = parseDocument(whole).get('questions')
  const patches: { at: number; text: string }[] = []
  /** Provisions that the file had not: below its last list, and below what is added to that. */
  const opened: string[] = []
  let end = 0
  let beyond = 0
  const held = new Map<string, YAMLSeq>()
  const expected = new Map<string, readonly string[]>()
  for (const { key, value } of isMap(questions) ? questions.items : [])
    if (isScalar(key) && isSeq(value)) {
      expected.set(String(key.value), saidIn(value))
      held.set(String(key.value), value)
      end = Math.max(end, lineEnd(whole, endOf((value.items.at(-1) as Node | undefined) ?? value)))
    }
  for (const [eid, texts] of additions) {
    const list = held.get(eid)
    const said = list === undefined ? [] : saidIn(list)
    const unsaid = texts.filter((one) => !said.includes(one))
    const fresh = unsaid.slice(0, Math.max(0, MOST_OF_PROVISION - said.length))
    beyond += unsaid.length - fresh.length
    if (fresh.length === 0) continue
    expected.set(eid, [...said, ...fresh])
    if (list === undefined) {
      opened.push(entry(eid, fresh))
      continue
    }
    const patch = addToList(whole, list, fresh)
    if (patch !== null) patches.push(patch)
  }
  if (patches.length + opened.length === 0) return { text, beyond }
  // From the end, so that places before stay; what is added to the last list goes in after the provisions below it, and so above them.
  let now = whole.slice(0, end) + opened.join('') + whole.slice(end)
  for (const { at, text: added } of patches.toSorted((left, right) => right.at - left.at))
    now = now.slice(0, at) + added + now.slice(at)
  return { text: checked(now, expected), beyond }
}
