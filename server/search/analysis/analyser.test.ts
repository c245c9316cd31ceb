import { describe, expect, it } from 'vitest'
import { hasLawData, lawFiles, lawSource } from '#ingest/acts/fixtures/law-data.ts'
import { createAnalyser, langOfTerm, termsOfToken } from './analyser.ts'
import { NO_LANGUAGE_DATA, parseLanguageData } from './language-data.ts'
import type { LanguageData } from './language-data.ts'

const plain = createAnalyser(NO_LANGUAGE_DATA)
const terms = (text: string): string[] => plain.analyse(text).tokens.flatMap(termsOfToken)

const languageOf = (text: string): LanguageData => {
  const { data, faults } = parseLanguageData([{ fileName: 'test.yaml', text }])
  if (data === null) throw new Error(faults.join('\n'))
  return data
}

describe('analysis', () => {
  it.each([
    ['п. 23', '§p23'],
    ['п23', '§p23'],
    ['пункт 23', '§p23'],
    ['пунктом 23', '§p23'],
    ['8-й пункт', '§p8'],
    ['восьмой пункт', '§p8'],
    ['пп. 4) п. 3', '§p3s4'],
    ['подпункт 4) пункта 3', '§p3s4'],
    ['п. 3 пп. 4', '§p3s4'],
    ['прил. 2', '§a2'],
    ['Приложение № 2', '§a2'],
    ['статья 9', '§st9'],
    ['пунктах 20-25', '§p22'],
    ['8 800 080 7777', '@88000807777'],
    ['8-800-080-77-77', '@88000807777'],
    ['+7 800 080 77 77', '@88000807777'],
    ['1414', '#1414'],
    ['№ 368/НҚ', '@368/нқ'],
    ['04.10.2022', '@2022-10-04'],
    ['https://www.gov.kz/', '@gov.kz'],
    ['Support@GOSCORP.kz', '@support@goscorp.kz'],
    ['sup\u200bport@gos\u200bcorp.kz', '@support@goscorp.kz'],
    ['двух', '#2'],
    ['пятому', '#5'],
    ['тридцать', '#30'],
    ['двадцать пять', '#25'],
    ['двухдневный', '#2'],
    ['пятибалльной', '#5'],
  ])('finds «%s» by the exact token %s', (text, token) => {
    expect(terms(text)).toContain(token)
  })

  it.each([
    ['письма', 'письмом'],
    ['отчёт', 'отчет'],
    ['ОПЕРАТОР', 'оператора'],
    ['контакт-центр', 'контакт-центра'],
    ['инфор\u00adмация', 'информации'],
  ])('reads «%s» and «%s» as one word', (left, right) => {
    expect(terms(left)[0]).toBe(terms(right)[0])
  })

  it('indexes a compound whole and by its parts', () => {
    const found = terms('контакт-центра')
    expect(found).toEqual(expect.arrayContaining([terms('контакт-центр')[0], terms('контакт')[0], terms('центр')[0]]))
  })

  it.each([
    ['өзектенді-руден', 'өзектендіруден'],
    ['мем-лекеттік', 'мемлекеттік'],
    ['информа-ционных', 'информационных'],
    ['мекен-жайы', 'мекенжайы'],
  ])('meets the broken «%s» by «%s»', (broken, whole) => {
    expect(terms(broken)).toContain(terms(whole)[0])
    expect(plain.analyse(broken).tokens.map(({ raw }) => raw)).toEqual([broken])
  })

  it.each([
    ['информа- ционных', 'информационных'],
    ['информа-\n  ционных', 'информационных'],
    ['информа\u2010 ционных', 'информационных'],
    ['бір- жылдық', 'біржылдық'],
  ])('«%s» may be broken or have a dash: it is met by «%s» and by its halves', (broken, whole) => {
    const halves = broken.split(/[-\u2010]\s+/u)
    expect(terms(broken)).toEqual(expect.arrayContaining([whole, ...halves].map((word) => terms(word)[0])))
    expect(plain.analyse(broken).tokens.map(({ raw }) => raw)).toEqual(halves)
  })

  it('a dash that a print sets close behind a word hides no phrase', () => {
    const found = plain.analyse('услугополучатель- физическое лицо').tokens.map(({ norm }) => norm)
    expect(found).toEqual(['услугополучатель', 'физическое', 'лицо'])
  })

  it.skipIf(!hasLawData)('meets every word of real acts that stands broken at one place and whole at another', () => {
    const text = lawFiles.map((name) => lawSource(name).replaceAll('\\-', '-')).join('\n')
    const whole = new Set(text.toLowerCase().match(/\p{L}+/gu))
    const broken = [...new Set(text.toLowerCase().match(/\p{L}+-\s*\p{L}+/gu))].filter((word) =>
      whole.has(word.replace(/-\s*/u, '')),
    )
    expect(broken).toEqual(expect.arrayContaining(['өзектенді-руден', 'мекен-жайы']))
    for (const word of broken) expect(terms(word)).toContain(terms(word.replace(/-\s*/u, ''))[0])
  })

  it.each([
    ['онлайн-банкинг', ['онлайн-банкинг', 'онлайн', 'банкинг']],
    ['какой-либо', ['какой-либо', 'какой', 'либо']],
  ])('leaves the compound «%s» what it is', (compound, forms) => {
    expect(plain.analyse(compound).tokens.map(({ norm, also }) => [norm, ...also])).toEqual([forms])
  })

  it.each([
    'двух- и трехместный',
    'аудио- және видеожазба',
    'теле- или радиопередача',
    'срок - два дня',
    'срок – два дня',
  ])('joins nothing in «%s»', (text) => {
    const words = text.split(/[\s–-]+/u)
    expect(plain.analyse(text).tokens.map(({ norm }) => norm)).toEqual(words)
  })

  it('gives a phone number by its pieces too', () => {
    expect(terms('8 800 080 7777')).toContain('#7777')
  })

  it.each([
    ['8 800 080 7777', '7777'],
    ['8 800 080 7777', '080 7777'],
    ['8 800 080 7777', '800 080 7777'],
    ['8 800 080 7777', '8000807777'],
    ['8 800 080 7777', '080-77-77'],
    ['+7 (7172) 74-01-01', '74-01-01'],
    ['+7 (7172) 74-01-01', '8 7172 74 01 01'],
    ['+7 (7172) 74-01-01', '(7172) 740101'],
    ['№ 368/НҚ', '368'],
    ['№ 368/НҚ', '№ 368'],
    ['№ ҚР ДСМ-175/2020', 'ДСМ-175/2020'],
    ['№ ҚР ДСМ-175/2020', 'РК ДСМ-175/2020'],
    ['V2300033555', '33555'],
    ['приказ от 04.10.2022', '2022'],
    ['support@goscorp.kz', 'goscorp'],
  ])('meets «%s» by every term of «%s»', (text, query) => {
    expect(terms(text)).toEqual(
      expect.arrayContaining(terms(query).filter((term) => !/^_|^#(?:0807777|807777|740101|7172740101)$/u.test(term))),
    )
  })

  it('does not take a phone number for the small numbers in it', () => {
    expect(terms('+7 (7172) 74-01-01').filter((term) => /^#\d{1,2}$/u.test(term))).toEqual([])
  })

  it.each([
    ['ЦOH', 'ЦОН'],
    ['HПА', 'НПА'],
    ['BИН', 'ВИН'],
    ['TОО', 'ТОО'],
    ['PЕСПУБЛИКА', 'РЕСПУБЛИКА'],
    ['əлеуметтік', 'әлеуметтік'],
    ['Əлеуметтік', 'әлеуметтік'],
    ['ѳтініш', 'өтініш'],
    ['YКІМЕТ', 'ҮКІМЕТ'],
    ['п.\u200b8', 'п. 8'],
    ['п. ８', 'п. 8'],
    ['１４１４', '1414'],
    ['cт. 9', 'ст. 9'],
    ['№\u00ad368/НҚ', '№ 368/НҚ'],
  ])('reads «%s» as «%s»', (text, meant) => {
    expect(terms(text)).toEqual(terms(meant))
  })

  it('leaves the Latin part of a compound as it is', () => {
    expect(plain.analyse('IT-компания').tokens[0]?.also).toEqual(['it', 'компания'])
  })

  it('keeps the terms of two languages apart, but for what they share', () => {
    const words = 'ответ на письмо адвокат орган email гос жауап қызмет орталық контакт-центр двух екі goscorp'.split(
      ' ',
    )
    const of = (lang: 'ru' | 'kk'): string[] =>
      words.flatMap((word) => plain.analyse(word, lang).tokens.flatMap(termsOfToken))
    const shared = of('ru').filter((term) => !/^[+^-]/u.test(term) && of('kk').includes(term))
    expect(shared.filter((term) => langOfTerm(term) !== null)).toEqual([])
    for (const term of of('kk')) expect(langOfTerm(term)).not.toBe('ru')
    for (const text of ['№ 368/НҚ', 'п. 8', '1414', '8 800 080 7777', 'https://egov.kz', 'V2300033555', '04.10.2022'])
      for (const term of terms(text).filter((one) => /^[#§@~≈]/u.test(one))) expect(langOfTerm(term)).toBeNull()
  })

  it('never stems a Kazakh word by the rules of Russian', () => {
    const [token] = plain.analyse('қызметі').tokens
    expect(token).toMatchObject({ lang: 'kk', stems: ['қызмет'] })
    // «орталығы» alone has a Kazakh letter; «туралы» is Kazakh because the text is.
    expect(plain.analyse('туралы', 'kk').tokens[0]?.stems).toEqual(['турал'])
  })

  it.each([
    ['ЭЦҚ-мен', 'эцқ'],
    ['эцқ-ны', 'эцқ'],
    ['ХҚКО-дан', 'хқко'],
    ['КСРО-дағы', 'ксро'],
    ['АХҚО-сының', 'ахқо'],
    ['НҚА‑лар', 'нқа'],
    ['Google-дан', 'google'],
    ['ата-ана', 'ата-ана'],
    ['бала-шаға', 'бала-шаға'],
    ['бірте-бірте', 'бірте-бірте'],
    ['ақпараттық-коммуникациялық', 'ақпараттық-коммуникациялық'],
  ])('reads «%s», the ending of an abbreviation behind its hyphen, as «%s»', (text, norm) => {
    expect(plain.analyse(text, 'kk').tokens.map((token) => token.norm)).toEqual([norm])
  })

  it('knows from the synonyms of a language which of them are abbreviations of which', () => {
    const analyser = createAnalyser(
      languageOf(
        'lang: kk\nconcepts:\n  - { id: act, same: [заңға тәуелді акт, нормативтік құқықтық акт, нқа], near: [қағаз] }\n  - { id: ict, same: [ақпараттық-коммуникациялық қызмет, акқ, ақпарат] }',
      ),
    )
    const expanded = (text: string, lang: 'ru' | 'kk' = 'kk'): string[] =>
      analyser
        .analyse(text, lang)
        .tokens.flatMap((token) => analyser.expand(token, lang))
        .map((name) => name.map(({ norm }) => norm).join(' '))
    expect(expanded('НҚА-ның')).toEqual(['нормативтік құқықтық акт'])
    expect(expanded('АКҚ')).toEqual(['ақпараттық-коммуникациялық қызмет'])
    expect(expanded('ақпарат')).toEqual([])
    expect(expanded('қағаз')).toEqual([])
    expect(expanded('НҚА', 'ru')).toEqual([])
  })

  it('takes a Kazakh word with Latin look-alikes for the word it is', () => {
    expect(plain.analyse('бiлiм').tokens[0]?.norm).toBe('білім')
  })

  it('keeps offsets of the original text', () => {
    const text = 'Ответ — в «течение» 2\u00a0дней'
    for (const token of plain.analyse(text).tokens) expect(text.slice(token.start, token.end)).toBe(token.raw)
  })

  it('joins words of one root and phrases of one meaning', () => {
    const analyser = createAnalyser(
      languageOf(
        'lang: ru\nconcepts:\n  - { id: e-mail, same: [имейл, электронная почта], near: [ящик] }\nfamilies:\n  - [ответ, отвеча*]\n',
      ),
    )
    expect(analyser.analyse('отвечают').tokens[0]?.families).toEqual(['ответ'])
    const { concepts } = analyser.analyse('на электронную почту, не в ящик')
    expect(concepts).toEqual([
      { id: 'e-mail', weight: 0.6, near: false, from: 1, to: 3 },
      { id: 'e-mail', weight: 0.3, near: true, from: 5, to: 6 },
    ])
  })

  it('meets «2 дня» in «двух рабочих дней»', () => {
    const numbers = (text: string): (number | null)[] => plain.analyse(text).tokens.map((token) => token.number)
    expect(numbers('2 дня')[0]).toBe(numbers('двух рабочих дней')[0])
  })
})
