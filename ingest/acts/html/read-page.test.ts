import { describe, expect, it } from 'vitest'
import { unaccounted } from '../account.ts'
import { parseHtmlAct } from './parse-html-act.ts'
import { readPage } from './read-page.ts'

const page = (inside: string): string => `<html><body>${inside}</body></html>`
const linesIn = (source: string): string[] =>
  readPage(source).leaves.flatMap((leaf) => (leaf.table === null ? leaf.lines.map((line) => line.text) : []))

const ORDER = `<h1>Об утверждении Правил работы справочной службы</h1>
<p>Приказ Министра связи Республики Казахстан от 5 мая 2020 года № 7.</p>
<p>В соответствии с Законом Республики Казахстан «О связи» ПРИКАЗЫВАЮ:</p>
<p>1. Утвердить прилагаемые Правила работы справочной службы.</p>
<p>2. Настоящий приказ вводится в действие со дня его первого официального опубликования.</p>
<p><b>Министр связи</b></p><p><b>А. Иванов</b></p>
<p align="right">Утверждены<br>приказом Министра связи<br>от 5 мая 2020 года № 7</p>
<h3>Правила работы справочной службы</h3>
<h3>Глава 1. Общие положения</h3>`

describe('a page', () => {
  it.each<[string, string, string[]]>([
    [
      'a line break ends a line, a line of the source does not',
      '<p>1. Служба\nотвечает<br>сразу.</p>',
      ['1. Служба отвечает', 'сразу.'],
    ],
    ['character references are letters', '<p>&laquo;Да&raquo;&nbsp;&#8211; нет&shy;</p>', ['«Да»\u00A0– нет\u00AD']],
    ['a list numbers its items', '<ol start="3"><li>ночью;</li><li>днем.</li></ol>', ['3. ночью;', '4. днем.']],
    ['a list does not number what has a number', '<ol><li>1) ночью;</li></ol>', ['1) ночью;']],
    ['a raised number is told apart', '<p>пункт 7<sup>1</sup> Правил</p>', ['пункт 7-1 Правил']],
    ['text between elements is text', 'Слово <p>абзац</p> и еще', ['Слово', 'абзац', 'и еще']],
    [
      'navigation, scripts, controls and what is hidden are left out',
      '<nav>1. Меню</nav><script>2. код</script><p>Текст<button>Копировать</button></p><div hidden>3. нет</div><p style="display:none">4. нет</p>',
      ['Текст'],
    ],
    ['only the article is the act', '<div><p>Реклама</p></div><article><p>Текст</p></article><p>Подвал</p>', ['Текст']],
  ])('%s', (_, inside, expected) => {
    expect(linesIn(page(inside))).toEqual(expected)
  })

  it('tells the numbers it computed, the pictures it could not read and what it left out', () => {
    const source = page(`${ORDER}<ol><li>Служба отвечает на вопросы.</li></ol><p><img alt="Схема"></p><nav>Меню</nav>`)
    const { act, messages } = parseHtmlAct(source)
    expect(act?.provisions.at(-1)).toMatchObject({ eid: 'chp_1__para_1', text: 'Служба отвечает на вопросы.' })
    const rules = messages.map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['list-number-computed', 'image-left-out', 'left-out']))
    expect(act?.remarks.find(({ kind, text }) => kind === 'layout' && text === 'Меню')).toBeDefined()
  })

  it('every character of the source is in an element, a note, a remark, or a tag', () => {
    const source = page(`<header>Шапка</header>${ORDER}<p>1. Служба <a href="/x">отвечает</a> на вопросы&nbsp;людей.</p>
<p><s>2. Служба бесплатна.</s></p><p class="note">Сноска. Пункт 2 исключен приказом Министра связи РК от 01.02.2021 № 3 (вводится в действие со дня его первого официального опубликования).</p>
<font color="red">Примечание ИЗПИ! Предусматривается изменение.</font><footer>Подвал</footer>`)
    const { act } = parseHtmlAct(source)
    expect(act?.provisions.find(({ eid }) => eid === 'chp_1__para_2')?.status).toBe('excluded')
    expect(act?.remarks.map(({ kind }) => kind)).toContain('publisher-note')
    const lost = (act ? unaccounted(source, act) : []).map(({ start, end }) =>
      source.slice(start.offset, end.offset).replace(/<[^>]*>|^[^<]*>|<[^>]*$/g, ''),
    )
    expect(lost.filter((text) => /[\p{L}\p{N}]/u.test(text))).toEqual([])
  })

  it('all faults of a page are told at once, each with its place', () => {
    const source = page(
      '<h1>Об утверждении Правил</h1>\n<p>1. Служба отвечает.</p>\n<p>1. Служба отвечает снова.</p>\n<table><tr><td>Таблица',
    )
    const { act, messages } = parseHtmlAct(source)
    expect(act).toBeNull()
    expect(
      messages
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, place }) => `${String(place.start.line)} ${rule}`),
    ).toEqual(['1 requisites-missing', '3 point-repeated', '4 table-unclosed'])
  })

  it.each([
    ['nested without end', '<div>'.repeat(100_000)],
    ['tables in tables', '<table><tr><td>'.repeat(3_000)],
    ['nothing', ''],
    ['a million brackets', '<'.repeat(1_000_000)],
    ['bytes of something else', '\u0000\uFFFD'.repeat(10_000)],
  ])('hostile pages are refused, not thrown on: %s', (_, source) => {
    const { act, messages } = parseHtmlAct(source)
    expect(act).toBeNull()
    expect(messages.some(({ severity }) => severity === 'error')).toBe(true)
  })
})
