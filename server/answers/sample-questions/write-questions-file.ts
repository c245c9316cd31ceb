import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLSeq } from 'yaml'
import type { Lang } from '#server/context.ts'
import { MOST_OF_PROVISION } from './sample-questions-file.ts'

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

function addToList(text: string, list: YAMLSeq, texts: readonly string[]): { at: number; text: string } | null {
  const last = list.items.at(-1) as Node | undefined
  if (last === undefined) return null
  if (list.flow === true) return { at: endOf(last), text: texts.map((one) => `, ${JSON.stringify(one)}`).join('') }
  const lead = text.slice(lineStart(text, startOf(last)), startOf(last))
  return { at: lineEnd(text, endOf(last)), text: texts.map((one) => `${lead}${scalar(one)}\n`).join('') }
}

/**
 * A file of `content/questions` with editors' questions in it: all that was there stays, to the character; no provision gets more than a
 * file may have of it. Pure.
 * @param text the file as it is; null: there is none yet
 * @param of its act, as files name it, and language
 */
export function writeQuestionsFile(text: string | null, of: { act: string; lang: Lang }, additions: Additions): string {
  if (text === null)
    return `${WRITTEN}\nact: ${JSON.stringify(of.act)}\nlang: ${of.lang}\nquestions:\n${[...additions].map(([eid, texts]) => entry(eid, texts.slice(0, MOST_OF_PROVISION))).join('')}`
  const whole = text.endsWith('\n') ? text : `${text}\n`
  const questions = parseDocument(whole).get('questions')
  if (!isMap(questions) || additions.size === 0) return text
  const patches: { at: number; text: string }[] = []
  let end = 0
  const held = new Map<string, YAMLSeq>()
  for (const { key, value } of questions.items)
    if (isScalar(key) && isSeq(value)) {
      held.set(String(key.value), value)
      end = Math.max(end, lineEnd(whole, endOf((value.items.at(-1) as Node | undefined) ?? value)))
    }
  for (const [eid, texts] of additions) {
    const list = held.get(eid)
    const said = new Set(list?.items.map((one) => (isScalar(one) ? String(one.value) : '')))
    const fresh = texts.filter((one) => !said.has(one)).slice(0, Math.max(0, MOST_OF_PROVISION - said.size))
    if (fresh.length === 0) continue
    const patch = list === undefined ? { at: end, text: entry(eid, fresh) } : addToList(whole, list, fresh)
    if (patch !== null) patches.push(patch)
  }
  if (patches.length === 0) return text
  // From the end, so that places before stay; of one place the first said stands first.
  let now = whole
  for (const { at, text: added } of patches.toReversed().toSorted((left, right) => right.at - left.at))
    now = now.slice(0, at) + added + now.slice(at)
  return now
}
