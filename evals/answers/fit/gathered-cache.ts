import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { AskedOf } from '#server/answers/answerer.ts'
import type { GatheredPassage } from '#server/answers/gather-passages.ts'
import type { Gathered, GatheredCase } from './gather-asked.ts'

/** What a passage is for a question; the rest of it is the same for all. */
type OfQuestion = Pick<GatheredPassage, 'score' | 'asked' | 'places'>
type Line =
  | { passage: Omit<GatheredPassage, keyof OfQuestion> }
  | { of: keyof Gathered; one: Omit<GatheredCase, 'passages'>; passages: (OfQuestion & { at: number })[] }

/** What is taken apart is taken apart anew. */
const withoutRecalled = ({ texts, likeness, kinship, start, end }: AskedOf): AskedOf => ({
  texts,
  likeness,
  kinship,
  start,
  end,
})

/** Writes what was gathered, a line a question and a line each passage where it comes first: together they are too long for one string. */
export async function writeGathered(path: string, gathered: Gathered): Promise<void> {
  const file = createWriteStream(path)
  const write = async (line: Line): Promise<void> => {
    if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain')
  }
  const places = new Map<string, number>()
  for (const of of ['rules', 'sampled', 'plain'] as const)
    for (const { passages, ...one } of gathered[of]) {
      const packed: (OfQuestion & { at: number })[] = []
      for (const { score, asked, places: own, ...passage } of passages) {
        let at = places.get(passage.passageId)
        if (at === undefined) {
          at = places.size
          places.set(passage.passageId, at)
          await write({ passage })
        }
        packed.push({ score, asked: asked.map(withoutRecalled), places: own, at })
      }
      await write({ of, one, passages: packed })
    }
  file.end()
  await once(file, 'close')
}

/** Reads what `writeGathered` wrote. */
export async function readGathered(path: string): Promise<Gathered> {
  const gathered: Gathered = { rules: [], sampled: [], plain: [] }
  const known: Omit<GatheredPassage, keyof OfQuestion>[] = []
  for await (const text of createInterface({ input: createReadStream(path) })) {
    const line = JSON.parse(text) as Line
    if ('passage' in line) known.push(line.passage)
    else
      gathered[line.of].push({
        ...line.one,
        passages: line.passages.flatMap(({ at, ...ofQuestion }) => {
          const passage = known[at]
          return passage === undefined ? [] : [{ ...passage, ...ofQuestion }]
        }),
      })
  }
  return gathered
}
