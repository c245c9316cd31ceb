import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseBody } from '#ingest/articles/article-markdown.ts'
import { CONTENT } from '#test/harness.ts'
import { readBody } from './read-body.ts'

const faults = (body: string) => readBody(body).faults.map((f) => `${f.line}:${f.column} ${f.rule}`)

describe('the form of an article’s Markdown', () => {
  test.each([
    ['free text', 'Просто текст.', []],
    ['a block', ':::provision{#chp_1__para_1 label="п. 1"}\nТекст.\n:::\n', []],
    ['a block without a label', ':::provision{#chp_1__para_1}\nТекст.\n:::\n', ['1:1 block']],
    ['a block that is not closed', 'Вступление.\n\n:::provision{#a label="п. 1"}\nТекст.\n', ['3:1 unclosed']],
    ['an unknown block', ':::warning\nТекст.\n:::\n', ['1:1 block']],
    [
      'the same provision twice',
      ':::provision{#a label="п. 1"}\nА.\n:::\n\n:::provision{#a label="п. 1"}\nБ.\n:::\n',
      ['5:1 duplicate'],
    ],
    ['HTML', 'Текст\n\n<b>жирно</b>', ['3:1 html', '3:9 html']],
    ['an image', '![карта](https://example.kz/a.png)', ['1:1 image']],
    ['a word after a colon', 'Режим:круглосуточно', []],
    ['a time of day', 'С 9:00 до 18:30, кроме 13:00-14:00.', []],
    ['a reference link', 'См. [закон][1].\n\n[1]: https://adilet.zan.kz', ['1:5 reference', '3:1 reference']],
    ['nothing', '  \n', ['1:1 empty']],
    ['too much', 'а'.repeat(200_001), ['1:1 size']],
    ['several faults at once', '<i>\n\n:::x\n:::\n\n![a](b)', ['1:1 html', '3:1 block', '6:1 image']],
  ])('%s', (_, body, expected) => {
    expect(faults(body)).toEqual(expected)
  })

  test('blocks, their words and links come with their places', () => {
    const outline = readBody(
      '::::provision{#p label="п. 1" paraphrase}\n## Заголовок\n\nВводный [текст](/articles/art_1).\n\n:::provision{#p__1 label="п. 1 пп. 1" act="act_2"}\nпервый;\n:::\n::::\n',
    )
    expect(outline.faults).toEqual([])
    expect(outline.blocks).toMatchObject([
      {
        eid: 'p',
        paraphrase: true,
        act: null,
        parts: [
          { kind: 'heading', text: 'Заголовок', line: 2 },
          { kind: 'paragraph', text: 'Вводный текст.', line: 4, column: 1 },
        ],
      },
      { eid: 'p__1', paraphrase: false, act: 'act_2', parts: [{ text: 'первый;', line: 7 }] },
    ])
    expect(outline.links).toEqual([{ line: 4, column: 9, url: '/articles/art_1', text: 'текст' }])
  })
})

test('no character after a colon is lost on the way to what search finds', () => {
  const body = ':::provision{#a label="п. 1" paraphrase}\nС 9:00 до 18:30, режим:круглосуточно.\n:::\n'
  expect(readBody(body).blocks[0]?.parts[0]?.text).toBe('С 9:00 до 18:30, режим:круглосуточно.')
  expect(parseBody(body).blocks[0]?.paragraphs).toEqual(['С 9:00 до 18:30, режим:круглосуточно.'])
  expect(readBody('::список').faults).toEqual([])
  expect(parseBody('::список[а]').blocks[0]?.paragraphs).toEqual(['::список[а]'])
})

test.each(readdirSync(join(CONTENT, 'articles/ru')))('starter article %s has no fault of form', (name) => {
  const file = readFileSync(join(CONTENT, 'articles/ru', name), 'utf8')
  expect(faults(file.slice(file.indexOf('\n---\n') + 5))).toEqual([])
})
