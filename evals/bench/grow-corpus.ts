import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lang } from '#server/context.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import type { LexicalDocument } from '#server/search/lexical-index.ts'
import { randomFrom } from '../random-numbers.ts'

interface Source {
  title: string
  lang: Lang
  sentences: string[]
}

const SHORTEST = 25
const LONGEST = 500
const MOST_SENTENCES = 4
/** Sentences of a passage mostly come from one source, as they do in life. */
const STRANGERS = 0.25

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?;:])\s+|\n+/u)
    .map((sentence) =>
      sentence
        .replaceAll(/<[^>]+>|[#*|_]+/gu, ' ')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    )
    .filter((sentence) => sentence.length >= SHORTEST && sentence.length <= LONGEST)

const filesOf = async (directory: string, ending: string): Promise<string[]> =>
  existsSync(directory)
    ? (await readdir(directory, { recursive: true }))
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => join(directory, name))
    : []

/** Real text to grow from: the Rules, and the acts and retrieval sets where data stands beside the project. */
export async function readSources(): Promise<{ sources: Source[]; from: string[] }> {
  const data = ['../shared/data', 'data'].find((path) => existsSync(join(path, 'law')))
  const paths = [
    ...(await filesOf('content/sources', '.txt')),
    ...(data === undefined ? [] : await filesOf(join(data, 'law'), '.md')),
  ]
  const sources: Source[] = []
  for (const path of paths) {
    const text = await readFile(path, 'utf8')
    const title = /^#\s+(.+)$/mu.exec(text)?.[1] ?? 'Правила деятельности Единого контакт-центра'
    sources.push({ title, lang: detectLanguage(text), sentences: sentencesOf(text) })
  }
  const corpora = data === undefined ? [] : await filesOf(join(data, 'retrieval'), 'corpus.jsonl')
  for (const path of corpora)
    for (const line of (await readFile(path, 'utf8')).split('\n')) {
      if (line.trim() === '') continue
      const { title, text }: { title: string; text: string } = JSON.parse(line)
      sources.push({ title, lang: detectLanguage(text), sentences: sentencesOf(text) })
    }
  return { sources: sources.filter(({ sentences }) => sentences.length > 0), from: [...paths, ...corpora] }
}

/** Passages of real sentences, put together anew: so many, and the same every time. */
export function growCorpus(sources: readonly Source[], size: number): LexicalDocument[] {
  const random = randomFrom(size)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const pools: Record<Lang, string[]> = { ru: [], kk: [] }
  for (const { lang, sentences } of sources) pools[lang].push(...sentences)
  const byLength = sources.flatMap((source) =>
    Array.from({ length: Math.ceil(source.sentences.length / 8) }, () => source),
  )
  return Array.from({ length: size }, (_, number): LexicalDocument => {
    const source = pick(byLength)
    const lang = source?.lang ?? 'ru'
    const from = Math.floor(random() * (source?.sentences.length ?? 0))
    const count = 1 + Math.floor(random() * MOST_SENTENCES)
    const sentences = Array.from({ length: count }, (_unused, at) =>
      random() < STRANGERS ? pick(pools[lang]) : source?.sentences[(from + at) % source.sentences.length],
    )
    return {
      passageId: `psg_${number}`,
      articleId: `art_${Math.floor(number / 12)}`,
      lang,
      title: source?.title.slice(0, 200) ?? '',
      label: `п. ${(number % 60) + 1}`,
      context: '',
      text: sentences.filter((sentence) => sentence !== undefined).join(' '),
      validFrom: '2016-01-01',
      validTo: null,
      fingerprint: String(number),
    }
  })
}
