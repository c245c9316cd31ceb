import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLanguageData } from './read-language-data.ts'
import { readGlossary } from './translation/read-glossary.ts'

const LANGUAGE = new URL('../../content/language', import.meta.url)

test('files that say the same are read into the same data, changed ones into others', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-language-'))
  try {
    await cp(LANGUAGE, join(directory, 'language'), { recursive: true })
    const [data, glossary] = [await readLanguageData(directory), await readGlossary(directory)]
    expect(await readLanguageData(directory)).toBe(data)
    expect(await readGlossary(directory)).toBe(glossary)

    await appendFile(
      join(directory, 'language/glossary.yaml'),
      '\n  - subject: Проба\n    terms:\n      - { ru: пробник, kk: сынама }\n',
    )
    expect(await readLanguageData(directory)).toBe(data)
    expect((await readGlossary(directory)).length).toBe(glossary.length + 1)
    const families = join(directory, 'language/word-families.ru.yaml')
    await appendFile(families, '\n# Проба\n')
    expect(await readLanguageData(directory)).not.toBe(data)
    expect(await readLanguageData(directory)).toEqual(data)
    await appendFile(join(directory, 'language/glossary.yaml'), '  - oops')
    await expect(readGlossary(directory)).rejects.toMatchObject({ code: 'validation-failed' })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
