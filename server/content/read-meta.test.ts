import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSource } from './read-source.ts'

const META = (date: string, cause = '') =>
  `act_code: '77'\nrequisite: Приказ Министра тишины от 5 мая 2020 года № 7\nversion_date:\n  rus: ${date}\n  kaz: ${date}\n${cause}`

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bilim-meta-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))
const put = (name: string, text: string) => writeFile(join(directory, name), text)
const read = (name: string) => readSource(join(directory, name))

test('the sidecar of the same edition gives requisites and the date of the edition by language', async () => {
  await put('77.kaz.2025-03-10.md', '# А')
  await put('77.2025-03-10.meta.yaml', META('2025-03-10'))
  expect(await read('77.kaz.2025-03-10.md')).toMatchObject({
    ok: true,
    lang: 'kk',
    versionDate: '2025-03-10',
    meta: { actCode: '77', requisites: { number: '7' } },
    messages: [],
  })
})

test('the sidecar of another edition gives the requisites alone, and that is said', async () => {
  await put('77.rus.2020-05-05.md', '# А')
  await put(
    '77.2025-03-10.meta.yaml',
    META('2025-03-10', 'caused_by:\n  requisite: Приказ Министра тишины от 1 марта 2025 года № 12\n'),
  )
  const source = await read('77.rus.2020-05-05.md')
  expect(source).toMatchObject({
    ok: true,
    lang: 'ru',
    versionDate: '2020-05-05',
    meta: { causedBy: null, versionDates: {} },
    messages: [{ severity: 'info', rule: 'meta-of-other-edition' }],
  })
})

test('a file of any other name has its sidecar beside it', async () => {
  await put('rules.md', '# А')
  await put('rules.meta.yaml', META('2025-03-10'))
  expect(await read('rules.md')).toMatchObject({ ok: true, meta: { actCode: '77' } })
})

test('a faulty sidecar refuses the text, every fault named', async () => {
  await put('rules.md', '# А')
  await put('rules.meta.yaml', 'act_code: x\n')
  const source = await read('rules.md')
  expect(source.ok).toBe(false)
  expect(source.messages.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^rules\.meta\.yaml: act_code/),
    expect.stringMatching(/^rules\.meta\.yaml: requisite/),
  ])
})

test.each([
  ['a directory', (path: string) => mkdir(path), /^rules\.meta\.yaml: это не файл/],
  ['too large', (path: string) => writeFile(path, '#'.repeat(64 * 1024 + 1)), /^rules\.meta\.yaml: файл больше 64 КБ/],
  [
    'not UTF-8',
    (path: string) => writeFile(path, Buffer.from([0xcf, 0xf0, 0xe8])),
    /^rules\.meta\.yaml: файл не в кодировке UTF-8/,
  ],
])('a sidecar that cannot be read is named, not the text: %s', async (_, make, said) => {
  await put('rules.md', '# А')
  await make(join(directory, 'rules.meta.yaml'))
  expect(await read('rules.md')).toMatchObject({
    ok: false,
    messages: [{ rule: 'meta-faulty', text: expect.stringMatching(said) }],
  })
})

// Whoever may read everything cannot be refused.
test.skipIf(process.getuid?.() === 0)(
  'a text or a directory without the right to read is said, not thrown',
  async () => {
    await put('rules.md', '# А')
    await chmod(join(directory, 'rules.md'), 0)
    expect(await read('rules.md')).toMatchObject({ ok: false, messages: [{ rule: 'unreadable' }] })
    await chmod(join(directory, 'rules.md'), 0o600)
    await chmod(directory, 0o300)
    const source = await read('rules.md')
    await chmod(directory, 0o700)
    expect(source).toMatchObject({
      ok: false,
      messages: [{ rule: 'meta-faulty', text: expect.stringMatching(/^каталог .* не читается \(EACCES\)/) }],
    })
  },
)

test('without a sidecar the text stands alone', async () => {
  await put('rules.md', '# А')
  expect(await read('rules.md')).toMatchObject({ ok: true, meta: null, versionDate: null })
})
