import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLMap } from 'yaml'
import type { Lang } from '#server/context.ts'
import { notFound } from '#server/errors.ts'
import type { LanguageFiles } from '#server/search/read-language-data.ts'
import type { Group } from './synonym-groups.ts'

/** A piece of the text and what stands in its place. */
interface Patch {
  from: number
  to: number
  text: string
}

/** Words in one line, as the files have them: `[звонок, вызов, "1414"]`. */
const listText = (words: readonly string[]): string => {
  const document = new Document(words)
  if (isSeq(document.contents)) document.contents.flow = true
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim()
}

const fieldsOf = ({ content }: Group, lang: Lang): string[] => [
  `weight: ${content.weight}`,
  `same: ${listText(content[lang].same)}`,
  ...(content[lang].near.length > 0 ? [`near: ${listText(content[lang].near)}`] : []),
]

const entryText = (group: Group, lang: Lang, inOneLine: boolean): string => {
  const fields = [`id: ${group.id}`, ...fieldsOf(group, lang)]
  return inOneLine ? `  - { ${fields.join(', ')} }\n` : `  - ${fields.join('\n    ')}\n`
}

/** Where a value begins and ends. */
const rangeOf = (node: Node): { from: number; to: number } => {
  const [from = 0, to = 0] = node.range ?? []
  return { from, to }
}
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** What a file says that names no weight. */
const USUAL_WEIGHT = 0.6

/** What changes in an entry that stays. @param decides whether its weight is the one that counts: of several files the first one's does */
function patchEntry(text: string, entry: YAMLMap, group: Group, lang: Lang, decides: boolean): Patch[] {
  const patches: Patch[] = []
  const separator = entry.flow === true ? ', ' : '\n    '
  const pairOf = (name: string) => entry.items.find(({ key }) => isScalar(key) && key.value === name)
  const was = group.file?.[lang] ?? { same: [], near: [] }
  const is = group.content[lang]
  const same = pairOf('same')
  if (same === undefined) return []
  const key = rangeOf(same.key as Node)
  const list = rangeOf(same.value as Node)
  const weight = pairOf('weight')
  const said = Number(entry.get('weight') ?? USUAL_WEIGHT)
  if (said !== group.content.weight && (decides || group.file?.weight !== group.content.weight)) {
    const own = weight === undefined ? { from: key.from, to: key.from } : rangeOf(weight.value as Node)
    const value = String(group.content.weight)
    patches.push({ ...own, text: weight === undefined ? `weight: ${value}${separator}` : value })
  }
  if (JSON.stringify(was.same) !== JSON.stringify(is.same)) patches.push({ ...list, text: listText(is.same) })
  if (JSON.stringify(was.near) !== JSON.stringify(is.near)) {
    const near = pairOf('near')
    if (near === undefined) patches.push({ from: list.to, to: list.to, text: `${separator}near: ${listText(is.near)}` })
    else if (is.near.length > 0) patches.push({ ...rangeOf(near.value as Node), text: listText(is.near) })
    else {
      const own = { from: rangeOf(near.key as Node).from, to: rangeOf(near.value as Node).to }
      patches.push(
        entry.flow === true
          ? { from: text.lastIndexOf(',', own.from), to: own.to, text: '' }
          : { from: lineStart(text, own.from), to: lineEnd(text, own.to), text: '' },
      )
    }
  }
  return patches
}

/**
 * The file of a language with what editors said, to be put into `content/language`: only what they changed differs, to the character.
 * Pure.
 * @returns its name and its YAML
 * @throws DomainError `not-found` when the content has no synonyms in that language
 */
export function exportFile(
  { files }: Pick<LanguageFiles, 'files'>,
  groups: readonly Group[],
  lang: Lang,
): { fileName: string; text: string } {
  const earlier = new Set<Lang>()
  for (const { fileName, text } of files) {
    const document = parseDocument(text)
    const concepts = document.get('concepts')
    const own = document.get('lang')
    if (isSeq(concepts) && own !== lang && (own === 'ru' || own === 'kk')) earlier.add(own)
    if (own !== lang || !isSeq(concepts)) continue
    const entries = concepts.items.filter(isMap)
    const last = entries.at(-1)
    if (last === undefined) continue
    const byId = new Map(entries.map((entry) => [String(entry.get('id')), entry]))
    const patches: Patch[] = []
    const end = lineEnd(text, rangeOf(last).to - 1)
    for (const group of groups) {
      if (group.origin === 'file') continue
      const entry = byId.get(group.id)
      const isHeld = group.origin !== 'removed' && group.content[lang].same.length > 0
      if (entry !== undefined && isHeld) {
        const decides = ![...earlier].some((other) => group.content[other].same.length > 0)
        patches.push(...patchEntry(text, entry, group, lang, decides))
      } else if (entry !== undefined) {
        const { from, to } = rangeOf(entry)
        patches.push({ from: lineStart(text, from), to: lineEnd(text, to - 1), text: '' })
      } else if (isHeld) patches.push({ from: end, to: end, text: entryText(group, lang, last.flow === true) })
    }
    // From behind, so that places before stay what they are; of the same place, the first said comes first.
    const ordered = patches.map((patch, at) => ({ patch, at }))
    ordered.sort((left, right) => right.patch.from - left.patch.from || right.at - left.at)
    return {
      fileName,
      text: ordered.reduce((done, { patch }) => done.slice(0, patch.from) + patch.text + done.slice(patch.to), text),
    }
  }
  throw notFound('file of synonyms', lang)
}
