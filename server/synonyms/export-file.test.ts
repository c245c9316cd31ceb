import { expect, it } from 'vitest'
import type { SynonymContent } from '#server/db/schema/synonyms.ts'
import { parseLanguageData, type LanguageData } from '#server/search/analysis/language-data.ts'
import { readLanguageFiles } from '#server/search/read-language-data.ts'
import { exportFile } from './export-file.ts'
import { overFiles } from './over-files.ts'
import type { SynonymEditRow } from './queries.ts'
import { groupsOf } from './synonym-groups.ts'

const read = await readLanguageFiles('content')
const terms = (same: string[], near: string[] = []) => ({ same, near })
const none = terms([])
const of = (id: string): SynonymContent =>
  groupsOf(read.data, []).find((group) => group.id === id)?.content ?? expect.fail(`no group ${id}`)
const edit = (groupId: string, content: SynonymContent, kind: 'set' | 'removed' = 'set'): SynonymEditRow => ({
  groupId,
  number: 1,
  kind,
  content,
  reason: 'Проверка',
  actorKind: 'user',
  actorId: 'usr_x',
  at: new Date(0),
})
/** All files, those of synonyms as they are exported. */
const exported = (edits: readonly SynonymEditRow[]) => {
  const groups = groupsOf(read.data, edits)
  const own = new Map(
    (['ru', 'kk'] as const).map((lang) => exportFile(read, groups, lang)).map((one) => [one.fileName, one.text]),
  )
  return read.files.map(({ fileName, text }) => ({ fileName, text: own.get(fileName) ?? text }))
}
/** What search knows, in an order that does not matter to it. */
const said = (data: LanguageData | null) => (data?.concepts ?? []).map((concept) => JSON.stringify(concept)).toSorted()

it('without changes the files are what they are', () => {
  expect(exported([])).toEqual(read.files)
})

const email = of('e-mail')
const reply = of('reply')
it.each([
  [
    'a new group of both languages',
    [edit('queue', { weight: 0.8, ru: terms(['очередь', '1414'], ['хвост']), kk: terms(['кезек']) })],
  ],
  [
    'two new groups',
    [
      edit('a', { weight: 1, ru: terms(['а', 'б']), kk: none }),
      edit('b', { weight: 1, ru: terms(['в', 'г']), kk: none }),
    ],
  ],
  [
    'words that YAML would read otherwise',
    [edit('odd', { weight: 0.6, ru: terms(['да: нет', '- тире', '#', 'null', '1,5', '[а]']), kk: none })],
  ],
  ['a group taken out', [edit('e-mail', email, 'removed')]],
  [
    'the first, the last and one between',
    ['e-mail', 'reply', groupsOf(read.data, []).at(-1)?.id ?? ''].map((id) => edit(id, of(id), 'removed')),
  ],
  ['another weight', [edit('reply', { ...reply, weight: 0.35 })]],
  [
    'fewer near words, none, and new ones',
    [
      edit('e-mail', { ...email, ru: terms(email.ru.same, []), kk: terms(email.kk.same, ['жазба']) }),
      edit('reply', { ...reply, ru: terms(['ответ'], ['отклик']) }),
    ],
  ],
  ['a language taken out of a group', [edit('reply', { ...reply, kk: none })]],
] as const)('%s: the files say what the search uses', (_, edits) => {
  const { data, faults } = parseLanguageData(exported(edits))
  expect(faults).toEqual([])
  expect(said(data)).toEqual(said(overFiles(read.data, edits)))
})

it('only lines of what changed differ', () => {
  const files = exported([edit('reply', { ...reply, kk: terms(['жауап']) })])
  const changed = files.flatMap(({ fileName, text }) => {
    const old = new Set(read.files.find((file) => file.fileName === fileName)?.text.split('\n'))
    return text.split('\n').filter((line) => !old.has(line))
  })
  expect(changed).toEqual(['  - { id: reply, same: [жауап] }'])
})
