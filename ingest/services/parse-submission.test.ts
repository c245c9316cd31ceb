import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readXlsx } from 'hucre/xlsx'
import { annotateSubmission } from './annotate-submission.ts'
import {
  csvOf,
  docxOf,
  goodRow,
  goodRows,
  TITLES,
  xlsxOf,
  xlsxParts,
  zipOf,
  type MadeCell,
} from './fixtures/make-files.ts'
import { LIMITS } from './limits.ts'
import { parseSubmission } from './parse-submission.ts'
import { readContacts } from './read-contacts.ts'
import { readPeople } from './read-people.ts'
import { readWebResources } from './read-web-resources.ts'
import { findRequisites } from './requisites.ts'
import { columnOfTitle } from './column-of-title.ts'
import type { ParsedSubmission } from './submission.ts'

const parse = (file: Uint8Array | string, name = '') =>
  parseSubmission(typeof file === 'string' ? Buffer.from(file) : file, { name, today: '2026-11-25' })
/** Messages as `severity code row column`. */
const told = ({ messages }: ParsedSubmission) =>
  messages.map(({ severity, code, place }) => [severity, code, place.row ?? '-', place.column?.letter ?? '-'].join(' '))
const errors = (parsed: ParsedSubmission) => told(parsed).filter((one) => one.startsWith('error'))
const form = (count: number): MadeCell[][] => [
  [...TITLES],
  ['1', '2', '3', '4', '5', '6', '7', '8'],
  ...goodRows(count),
]
const change = (row: string[], column: number, value: string): string[] => row.with(column, value)
const services = (parsed: ParsedSubmission) => parsed.rows.map(({ service }) => service)

describe('one table in every format', () => {
  const rows = [[...TITLES], ['1', '2', '3', '4', '5', '6', '7', '8'], ...goodRows(3)]
  const json = JSON.stringify({ rows: goodRows(3).map((row) => Object.fromEntries(TITLES.map((t, i) => [t, row[i]]))) })
  const csv = csvOf(rows)
  const files: [string, Uint8Array | string][] = [
    ['.xlsx', xlsxOf([{ name: 'Лист1', rows }])],
    ['.docx', docxOf([rows])],
    ['.json', json],
    ...[';', ',', '\t', '|'].map((d): [string, string] => [`.csv with ${JSON.stringify(d)}`, csvOf(rows, d)]),
    ['.csv as Excel says it', `sep=,\r\n${csvOf(rows, ',')}`],
    ['UTF-8 BOM', `\u{FEFF}${csv}`],
    ...['win1251', 'koi8-r', 'cp866', 'utf-16le', 'utf-16be'].map((e): [string, Uint8Array] => [
      e,
      iconv.encode(csv, e),
    ]),
    ['UTF-16 with a mark', iconv.encode(csv, 'utf-16le', { addBOM: true })],
  ]
  it.each(files)('%s', async (_, file) => {
    const parsed = await parse(file)
    // KOI8-R has no «№», and the quote of the cell shows it.
    const plain = JSON.stringify(services(parsed)).replaceAll('?', '№')
    expect(errors(parsed)).toEqual([])
    expect(plain).toBe(JSON.stringify(services(await parse(csv))))
    expect(parsed.rows).toHaveLength(3)
  })

  it('keeps Kazakh letters of KZ-1048 and PT154', async () => {
    const titles = [
      '№ р/с',
      'Тізілімдегі мемлекеттік қызметтің №',
      'Мемлекеттік көрсетілетін қызметтің атауы',
      'Мемлекеттік қызмет көрсету тәртібін айқындайтын заңға тәуелді нормативтік құқықтық акт',
      'Нормативтік құқықтық актілердің өзгерістері туралы мәліметтер',
      'Мемлекеттік қызмет туралы ақпарат орналастырылған интернет-ресурс',
      'Жауапты адамның тегі, аты, әкесінің аты, лауазымы',
      'Жауапты адамның байланыс телефондары, электрондық пошта мекенжайы',
    ]
    const row = [
      '1',
      '00101001',
      'Жеке басын куәландыратын құжаттар беру',
      'Әділет министрінің 2023 жылғы 12 мамырдағы № 302 бұйрығы',
      'жоқ',
      'egov.kz',
      'Әбдіқадыр Нұрлан Ерболұлы, бас маман',
      '+7 701 123 45 67, ішкі 12; n.abd@gov.kz',
    ]
    for (const encoding of ['rk1048', 'pt154', 'utf8']) {
      const parsed = await parse(iconv.encode(csvOf([titles, row]), encoding))
      expect(errors(parsed)).toEqual([])
      expect(parsed.rows[0]?.service).toMatchObject({
        name: row[2],
        byLaw: { kind: 'приказ', date: '2023-05-12', number: '302' },
        changes: [],
        responsible: [{ name: 'Әбдіқадыр Нұрлан Ерболұлы', post: 'бас маман' }],
        phones: [{ number: '+77011234567', extension: '12' }],
      })
    }
  })
})

describe('the table is found', () => {
  it('under titles, in any order of columns, with signatures below', async () => {
    const order = [4, 2, 0, 7, 6, 5, 3, 1]
    const shuffle = (row: readonly string[]) => order.map((i) => row[i] ?? '')
    const parsed = await parse(
      xlsxOf([
        { name: 'Титул', rows: [['Министерство юстиции'], ['Реестр услуг за год']] },
        {
          name: 'Приложение',
          rows: [
            ['Информация о государственной услуге', null],
            [],
            shuffle(TITLES.map((title) => title.toUpperCase().replaceAll(/(.{9})/gu, '$1-\n'))),
            shuffle(['3', '4', '5']),
            ...goodRows(2).map(shuffle),
            [],
            ['Ф.И.О. ответственного исполнителя: Петрова'],
            ['Дата: «__» ______ 20__ г.'],
          ],
          merges: ['A1:H1'],
        },
      ]),
    )
    expect(told(parsed)).toEqual(['warning sheets-left-out 3 -'])
    expect(parsed).toMatchObject({ ok: true, sheet: 'Приложение' })
    expect(services(parsed)).toEqual(services(await parse(csvOf([TITLES, ...goodRows(2)]))))
    expect(parsed.rows.map(({ row }) => row)).toEqual([5, 6])
  })

  it('in two rows of a header, and with telephone and e-mail in columns of their own', async () => {
    const [first = ''] = ['Контактные данные']
    const top = [...TITLES.slice(0, 6), 'Ответственное лицо', null, first, null]
    const below = [null, null, null, null, null, null, 'Фамилия, имя, отчество', 'Должность', 'Телефоны', 'Эл. почта']
    const row = goodRow(1)
    const cells = [...row.slice(0, 6), 'Ахметов Серик Болатович', 'главный специалист', '+7 701 123 45 67', 'a@b.kz']
    const parsed = await parse(
      xlsxOf([{ name: 'a', rows: [top, below, cells], merges: ['G1:H1', 'I1:J1', 'A1:A2', 'B1:B2'] }]),
    )
    expect(errors(parsed)).toEqual([])
    expect(parsed.rows[0]?.service).toMatchObject({
      responsible: [{ name: 'Ахметов Серик Болатович', post: 'главный специалист' }],
      phones: [{ number: '+77011234567', extension: null }],
      emails: ['a@b.kz'],
    })
  })

  it('but not chosen for the sender among several', async () => {
    const two = [
      { name: 'Юстиция', rows: form(1) },
      { name: 'Здравоохранение', rows: form(2) },
    ]
    const parsed = await parse(xlsxOf(two))
    expect(parsed.messages.map(({ reason }) => reason)).toEqual([
      'Таблица Приложения 1 есть в нескольких местах: «Юстиция», «Здравоохранение».',
    ])
    // An empty form, and a hidden copy, are not second tables.
    const third = [
      { name: 'Форма', rows: form(0) },
      { name: 'Старое', state: 'hidden', rows: form(1) },
      { name: 'Новое', rows: form(2) },
    ]
    expect(await parse(xlsxOf(third))).toMatchObject({ ok: true, sheet: 'Новое' })
  })

  it('or what is missing is named', async () => {
    const without = (column: number) => [TITLES, goodRow(1)].map((row) => row.filter((_, i) => i !== column))
    expect(errors(await parse(csvOf(without(3))))).toEqual(['error column-missing 1 -'])
    expect(
      errors(
        await parse(
          csvOf([
            ['Имя', 'Возраст'],
            ['Иван', '5'],
          ]),
        ),
      ),
    ).toEqual(['error header-not-found - -'])
    expect(errors(await parse(csvOf([TITLES])))).toEqual(['error no-rows - -'])
    const repeated = [
      [...TITLES, TITLES[2] ?? ''],
      [...goodRow(1), 'x'],
    ]
    expect(errors(await parse(csvOf(repeated)))).toEqual(['error column-repeated 1 I'])
  })
})

describe('cells', () => {
  const withCell = (column: number, cell: MadeCell, merges: string[] = []) =>
    parse(
      xlsxOf([{ name: 'a', rows: [[...TITLES], (goodRow(1) as MadeCell[]).with(column, cell), goodRow(2)], merges }]),
    )

  it.each<[string, number, MadeCell, string[]]>([
    [
      'a formula with its value',
      2,
      { type: 'str', xml: '<f>A1&amp;B1</f><v>Выдача справки</v>' },
      ['warning cell-formula 2 C'],
    ],
    ['a formula without a value', 2, { xml: '<f>A1</f>' }, ['error cell-formula-without-value 2 C']],
    ['an error', 2, { type: 'e', xml: '<f>A1</f><v>#REF!</v>' }, ['error cell-error 2 C']],
    ['a logical value', 2, { type: 'b', xml: '<v>1</v>' }, ['error cell-type 2 C']],
    ['a number for a name', 2, 12_345, ['error name-wrong 2 C']],
    ['a number that lost its zeros', 1, 101_001, ['warning registry-number-padded 2 B']],
    ['a rounded number', 1, { xml: '<v>1.01001E-2</v>' }, ['error registry-number-rounded 2 B']],
    ['a date for a number', 1, { style: 1, xml: '<v>45058</v>' }, ['error registry-number-wrong 2 B']],
    ['an unusual number', 1, 'РГУ-12/3', ['warning registry-number-unusual 2 B']],
    ['nothing', 5, null, ['error cell-empty 2 F']],
    ['a formula as text', 2, '=HYPERLINK("http://evil","Справка")', ['error cell-formula-text 2 C']],
    ['too much text', 2, 'Услуга '.repeat(500), ['error cell-too-long 2 C']],
    [
      'control characters',
      2,
      { type: 'inlineStr', xml: '<is><t>Выдача\u{7F} справки</t></is>' },
      ['error cell-control-characters 2 C'],
    ],
  ])('%s', async (_, column, cell, expected) => {
    expect(told(await withCell(column, cell))).toEqual(expected)
  })

  it('merged down belong to each row, merged across to none', async () => {
    const row = goodRow(2) as MadeCell[]
    const down = await parse(
      xlsxOf([{ name: 'a', rows: [[...TITLES], goodRow(1), row.with(6, null)], merges: ['G2:G3'] }]),
    )
    expect(told(down)).toEqual(['warning cell-merged-down 3 G'])
    expect(down.rows[1]?.service?.responsible).toEqual(down.rows[0]?.service?.responsible)
    const across = await parse(xlsxOf([{ name: 'a', rows: [[...TITLES], row.with(6, null)], merges: ['F2:G2'] }]))
    expect(errors(across)).toEqual(['error cell-merged-across 2 G'])
    const word = await parse(
      docxOf([
        [
          [...TITLES],
          (goodRow(1) as (string | { text: string; merge: 'restart' })[]).with(6, {
            text: goodRow(1)[6] ?? '',
            merge: 'restart',
          }),
          (goodRow(2) as (string | { text: string; merge: 'continue' })[]).with(6, { text: '', merge: 'continue' }),
        ],
      ]),
    )
    expect(told(word)).toEqual(['warning cell-merged-down 3 G'])
  })

  it('a title within the table is left out aloud', async () => {
    const rows = [[...TITLES], ['Услуги юстиции', null, null], ...goodRows(1)]
    expect(told(await parse(xlsxOf([{ name: 'a', rows, merges: ['A2:H2'] }])))).toEqual(['warning row-left-out 2 -'])
  })

  it('values of JSON that are no texts are faults, however deep they go', async () => {
    const row = Object.fromEntries(TITLES.map((title, i) => [title, goodRow(1)[i]]))
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const json = JSON.stringify([{ ...row, [TITLES[2] ?? '']: 'DEEP', [TITLES[5] ?? '']: true }]).replace(
      '"DEEP"',
      deep,
    )
    expect(errors(await parse(json))).toEqual(['error cell-type 1 -', 'error cell-type 1 -'])
  })

  it('all faults of a file come at once, with what to do', async () => {
    const parsed = await parse(
      csvOf([
        TITLES,
        [
          '1',
          '',
          '1234',
          'приказ от 31.02.2023 № 5',
          'нет',
          'javascript:alert(1)',
          'отдел кадров',
          '74-07-60, ivаn@gov.kz',
        ],
        goodRow(1),
        goodRow(1),
        change(goodRow(2), 3, 'приказ Министра от 12.05.2027 № 3'),
      ]),
    )
    expect(told(parsed)).toEqual([
      'error cell-empty 2 B',
      'error name-wrong 2 C',
      'error act-date-impossible 2 D',
      'error web-scheme 2 F',
      'error person-unclear 2 G',
      'error email-cyrillic 2 H',
      'error phone-without-code 2 H',
      'error registry-number-repeated 4 B',
      'error act-date-future 5 D',
    ])
    for (const { reason, mend } of parsed.messages) expect(`${reason} ${mend}`).toMatch(/[а-яё].*\./u)
  })

  it('faults beyond a thousand are counted', async () => {
    const parsed = await parse(csvOf([TITLES, ...goodRows(2000).map((row) => change(row, 5, 'нет сайта'))]))
    expect([parsed.messages.length, parsed.unlisted]).toEqual([LIMITS.messages, 1000])
  })
})

describe('files that are no submission', () => {
  const parts = xlsxParts([{ name: 'a', rows: form(1) }])
  const sheet = 'xl/worksheets/sheet1.xml'
  const changed = (change: (data: string) => string) =>
    zipOf(parts.map((part) => (part.name === sheet ? { ...part, data: change(String(part.data)) } : part)))
  it.each<[string, Uint8Array | string, string, string]>([
    ['nothing', '', 'a.xlsx', 'file-empty'],
    ['spaces', ' \n ', 'a.csv', 'file-empty'],
    ['a macro workbook by name', xlsxOf([{ name: 'a', rows: form(1) }]), 'a.xlsm', 'macros'],
    ['a macro workbook by content', zipOf([...parts, { name: 'xl/vbaProject.bin', data: 'x' }]), 'a.xlsx', 'macros'],
    ['an old or encrypted workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xls', 'format-old'],
    ['a PDF', '%PDF-1.7', 'a.pdf', 'format-unknown'],
    ['a ZIP of photos', zipOf([{ name: 'photo.jpg', data: 'x' }]), 'a.zip', 'format-unknown'],
    ['a web page named .xls', '<html><table></table></html>', 'a.xls', 'format-html'],
    ['half a workbook', xlsxOf([{ name: 'a', rows: form(9) }]).subarray(0, 900), 'a.xlsx', 'zip-broken'],
    [
      'a stated bomb',
      zipOf([...parts, { name: 'xl/sharedStrings.xml', data: Buffer.alloc(50e6, 32) }]),
      'a.xlsx',
      'zip-bomb',
    ],
    [
      'a hidden bomb',
      zipOf([...parts, { name: 'xl/sharedStrings.xml', data: Buffer.alloc(50e6, 32), statedSize: 900 }]),
      'a.xlsx',
      'zip-broken',
    ],
    [
      'external entities',
      changed((xml) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}`),
      'a.xlsx',
      'xml-declarations',
    ],
    ['an undeclared entity', changed((xml) => xml.replace('Выдача', '&lol;')), 'a.xlsx', 'xml-broken'],
    ['deep XML', changed(() => '<a>'.repeat(5000)), 'a.xlsx', 'xml-deep'],
    ['broken XML', changed((xml) => xml.slice(0, -40)), 'a.xlsx', 'xml-broken'],
    ['two sheets of one name inside', zipOf([...parts, ...parts.slice(-1)]), 'a.xlsx', 'zip-broken'],
    ['a workbook without its sheet', zipOf(parts.slice(0, -1)), 'a.xlsx', 'part-missing'],
    ['bytes', Buffer.from([1, 2, 0, 4, 0, 0, 9]), 'a.csv', 'binary'],
    ['damaged UTF-8', Buffer.concat([Buffer.from(csvOf([TITLES])), Buffer.from([0xff])]), 'a.csv', 'utf8-broken'],
    ['broken JSON', '[{"name": }]', 'a.json', 'json-broken'],
    ['JSON of another shape', '{"rows": [1, 2]}', 'a.json', 'json-shape'],
    ['deep JSON', `${'['.repeat(100_000)}`, 'a.json', 'json-broken'],
    ['a file beyond the limit', Buffer.alloc(LIMITS.fileBytes + 1, 65), 'a.csv', 'file-too-large'],
    ['too many rows', csvOf([TITLES, ...goodRows(LIMITS.rows + 1)]), 'a.csv', 'too-many-rows'],
  ])('%s', async (_, file, name, code) => {
    const parsed = await parse(file, name)
    expect(parsed.ok).toBe(false)
    expect(parsed.messages.filter(({ severity }) => severity === 'error').map((one) => one.code)).toEqual([code])
  })
})

describe('requisites of acts', () => {
  it.each<[string, [string | null, string | null, string | null][]]>([
    ['приказ Министра юстиции от 12 мая 2023 года № 302', [['приказ', '2023-05-12', '302']]],
    ['Приказ МЦРИАП РК от 04.10.2022г. №368/НҚ', [['приказ', '2022-10-04', '368/НҚ']]],
    ['№ 302 от 12.05.2023', [[null, '2023-05-12', '302']]],
    [
      'Приказ и.о. Министра здравоохранения от 18 мая 2020 года № ҚР ДСМ-49/2020',
      [['приказ', '2020-05-18', 'ҚР ДСМ-49/2020']],
    ],
    ['постановление Правительства от 1 марта 2024 г. N 15', [['постановление', '2024-03-01', '15']]],
    ['Әділет министрінің 2023 жылғы 12 мамырдағы № 302 бұйрығы', [['приказ', '2023-05-12', '302']]],
    [
      'приказ от 26 января 2016 года № 83 (зарегистрирован в Реестре государственной регистрации нормативных правовых актов 29 февраля 2016 года под № 13324)',
      [['приказ', '2016-01-26', '83']],
    ],
    [
      'приказы от 04.10.2022 № 368/НҚ, от 28.07.2023 № 292/НҚ',
      [
        ['приказ', '2022-10-04', '368/НҚ'],
        ['приказ', '2023-07-28', '292/НҚ'],
      ],
    ],
    ['приказ от 30 февраля 2023 года № 1', [['приказ', null, '1']]],
    ['приказ от 12 мая 2023 года', [['приказ', '2023-05-12', null]]],
    ['Закон «О государственных услугах»', []],
  ])('%s', (text, expected) => {
    expect(findRequisites(text).map(({ kind, date, number }) => [kind, date, number])).toEqual(expected)
  })
})

describe('contacts', () => {
  it.each<[string, string[], string[], string[]]>([
    ['8 (7172) 74-07-60, 74-07-61; a@b.kz', ['+77172740760', '+77172740761'], ['a@b.kz'], []],
    ['тел.: +7 701 123 45 67, эл. почта: A.Serik@Adilet.gov.kz', ['+77011234567'], ['a.serik@adilet.gov.kz'], []],
    ['87172740760 вн. 123\nmailto:a@b.kz', ['+77172740760#123'], ['a@b.kz'], []],
    ['8-7172-74-07-60 (доб. 15), a@b.kz', ['+77172740760#15'], ['a@b.kz'], []],
    ['1414, a@b.kz', ['1414'], ['a@b.kz'], []],
    ['8 800 080 7777; a@b.kz', ['+78000807777'], ['a@b.kz'], []],
    ['+49 30 1234567; a@b.kz', ['+49301234567'], ['a@b.kz'], ['phone-foreign']],
    ['74-07-60; a@b.kz', [], ['a@b.kz'], ['phone-without-code']],
    ['a@b', [], [], ['email-wrong', 'phone-missing']],
    ['+7 701 123 45 67', ['+77011234567'], [], ['email-missing']],
    ['12345678901234567, a@b.kz', [], ['a@b.kz'], ['phone-wrong']],
    ['+7 701 123 45 67 звонить Марине, a@b.kz', ['+77011234567'], ['a@b.kz'], ['contacts-left-out']],
  ])('%s', (text, phones, emails, codes) => {
    const read = readContacts(text)
    expect(
      read.phones.map(({ number, extension }) => (extension === null ? number : `${number}#${extension}`)),
    ).toEqual(phones)
    expect([read.emails, read.findings.map(({ code }) => code)]).toEqual([emails, codes])
  })
})

describe('people', () => {
  it.each<[string, [string, string][], string[]]>([
    ['Ахметов Серик Болатович, главный специалист', [['Ахметов Серик Болатович', 'главный специалист']], []],
    ['АХМЕТОВ Серик – директор департамента', [['АХМЕТОВ Серик', 'директор департамента']], []],
    ['Ахметов С.Б.\nглавный эксперт', [['Ахметов С.Б.', 'главный эксперт']], []],
    ['Главный эксперт, Ахметова Айгуль Сериковна', [['Ахметова Айгуль Сериковна', 'Главный эксперт']], []],
    ['Әбдіқадыр Нұрлан Ерболұлы, бас маман', [['Әбдіқадыр Нұрлан Ерболұлы', 'бас маман']], []],
    ['Сейтқазы Айдар Нұрлан ұлы (бас маман)', [['Сейтқазы Айдар Нұрлан ұлы', 'бас маман']], []],
    [
      '1. Иванов Иван, эксперт;\n2. Петрова-Ким Анна Юрьевна, руководитель управления',
      [
        ['Иванов Иван', 'эксперт'],
        ['Петрова-Ким Анна Юрьевна', 'руководитель управления'],
      ],
      [],
    ],
    ['Ахметов Серик Болатович', [], ['post-missing']],
    ['отдел кадров', [], ['person-unclear']],
  ])('%s', (text, people, codes) => {
    const read = readPeople(text)
    expect(read.people.map(({ name, post }) => [name, post])).toEqual(people)
    expect(read.findings.map(({ code }) => code)).toEqual(codes)
  })
})

it.each<[string, string[], string[]]>([
  ['https://egov.kz/cms/ru', ['https://egov.kz/cms/ru'], []],
  ['egov.kz, www.adilet.gov.kz', ['https://egov.kz/', 'https://www.adilet.gov.kz/'], []],
  ['портал «egov.kz»', ['https://egov.kz/'], []],
  ['қазақстан.қаз', ['https://xn--80aafeljpqa.xn--80ao21a/'], []],
  ['javascript:alert(1)', [], ['web-scheme']],
  ['data:text/html,x', [], ['web-scheme']],
  ['ftp://egov.kz', [], ['web-scheme']],
  ['https://egov.kz@evil.example/', [], ['web-wrong']],
  ['сайта нет', [], ['web-wrong']],
])('web resource %s', (text, urls, codes) => {
  const read = readWebResources(text)
  expect(read.findings.map(({ code }) => code)).toEqual(codes)
  if (!text.includes('қаз')) expect(read.urls).toEqual(urls)
  else expect(read.urls[0]).toMatch(/^https:\/\/xn--[\w-]+\.xn--80ao21a\/$/)
})

it('every title of the form is read, as printed and as the PDF of the Rules breaks it', () => {
  const printed = [
    '№ п/п',
    '№ \nгосударстве\nнной услуги\nв реестре',
    'Наименован\nи е  \nгосударстве\nнной услуги',
    'Подзаконны\nй \nнормативны\nй правовой \nа к т ,  \nопределяю\nщ и й  \nпорядок \nоказания \nгосударстве\nнной услуги',
    'Сведения об\nизменениях \nнормативны\nх правовых \nактов',
    'Интернет-ре\nсурс, на \nкотором \nразмещена \nинформация\nо \nгосударстве\nнной услуге',
    'Фамилия, \nи м я ,  \nотчество, \nдолжность \nответственн\nого лица и/\nи л и  \nуслугодател\nя',
    'Контактные\nтелефоны, \nа д р е с  \nэлектронно\nй почты \nответственн\nого лица',
  ]
  expect(printed.map(columnOfTitle)).toEqual(TITLES.map(columnOfTitle))
  expect(new Set(printed.map(columnOfTitle)).size).toBe(8)
})

it('the annotated file opens, marks what is wrong, and holds no formula', async () => {
  const rows = [TITLES, change(goodRow(1), 2, '=cmd|calc'), change(goodRow(2), 6, '+7 777'), goodRow(3)]
  const parsed = await parse(csvOf(rows))
  const file = await annotateSubmission(parsed)
  const book = await readXlsx(file, { readStyles: true })
  const [sheet, list] = book.sheets
  expect(sheet?.rows[2]?.[2]).toBe('=cmd|calc')
  expect(sheet?.rows[2]?.[8]).toContain('Текст начинается со знака «=»')
  expect(sheet?.cells?.get('2,2')?.comment?.text).toContain('Впишите значение без этого знака')
  expect(sheet?.cells?.get('2,2')?.formula).toBeUndefined()
  expect(list?.rows).toHaveLength(1 + parsed.messages.length)
  // It is mended and sent again: read as a submission, it has the same faults.
  const again = await parse(file)
  expect(again.messages.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(
    parsed.messages.filter(({ severity }) => severity === 'error').map(({ code }) => code),
  )
})
