import { beforeAll, describe, expect, it } from 'vitest'
import { createInProcessIndex } from './in-process-index.ts'
import type { LexicalDocument, LexicalIndex, LexicalResult } from './lexical-index.ts'
import { readLanguageData } from './read-language-data.ts'

const language = await readLanguageData('content')
const document = (passageId: string, lang: 'ru' | 'kk', text: string): LexicalDocument => ({
  passageId,
  articleId: 'art_1',
  lang,
  title: '',
  label: '',
  context: '',
  text,
  validFrom: '2016-01-01',
  validTo: null,
  fingerprint: passageId,
})

describe('what a query means', () => {
  let index: LexicalIndex
  const ask = (text: string, more: object = {}): Promise<LexicalResult> =>
    index.search({ asOf: '2026-11-24', limit: 5, prefix: false, text, ...more })

  beforeAll(async () => {
    index = createInProcessIndex(language)
    await index.apply({
      remove: [],
      upsert: [
        {
          ...document(
            'ru1',
            'ru',
            'Приказ министра № 368/НҚ о порядке рассмотрения запросов и жалоб граждан, журнал регистрации обращений.',
          ),
          label: 'п. 17',
        },
        {
          ...document('ru2', 'ru', 'Регистрация обращений на электронную почту, ответ в течение двух рабочих дней.'),
          label: 'п. 33',
        },
        {
          ...document('ru3', 'ru', 'Сведения о цене и БИН организации, ТОО, контакт-центр 1414, учёт, report.'),
          label: 'ст. 9',
        },
        { ...document('ru4', 'ru', 'Иное: 4) прочее, 5-дневный срок, звонок 8 800 080 7777.'), label: 'п. 3 пп. 4' },
        document('kk1', 'kk', 'Мемлекеттік қызмет көрсету тәртібі туралы өтініш екі жұмыс күні ішінде қаралады.'),
        document(
          'kk2',
          'kk',
          'Азаматтарға жауап беру мерзімі бұйрықпен бекітіледі, қоңырау шалу тегін, ғимарат пен ұйым.',
        ),
      ],
    })
  })

  it.each([
    ['ghbrfp', 'layout', 'приказ', 'ru1'],
    ['pfghjc', 'layout', 'запрос', 'ru1'],
    ['Ghbrfp vbybcnhf', 'layout', 'приказ министра', 'ru1'],
    ['hfccvjnhtybt ;fkj,', 'layout', 'рассмотрение жалоб', 'ru1'],
    ['0spvtn', 'layout', 'қызмет', 'kk1'],
    ['0ызмет', 'layout', 'қызмет', 'kk1'],
    ['-т3н3ш', 'layout', 'өтініш', 'kk1'],
    ['zhurnal', 'transliteration', 'журнал', 'ru1'],
    ['žurnal', 'transliteration', 'журнал', 'ru1'],
    ['jurnal', 'transliteration', 'журнал', 'ru1'],
    ['zhaloby grazhdan', 'transliteration', 'жалоб граждан', 'ru1'],
    ['elektronnaya pochta', 'transliteration', 'электронная почта', 'ru2'],
    ['qyzmet', 'transliteration', 'қызмет', 'kk1'],
    ['kyzmet korsetu', 'transliteration', 'қызмет көрсету', 'kk1'],
    ['ötınış', 'transliteration', 'өтініш', 'kk1'],
    ['otinish', 'transliteration', 'өтініш', 'kk1'],
    ['buiryq', 'transliteration', 'бұйрықпен', 'kk2'],
    ['министтра', 'typo', 'министра', 'ru1'],
    ['регитсрация', 'typo', 'регистрация', 'ru2'],
    ['мемелкеттік', 'typo', 'мемлекеттік', 'kk1'],
    ['азаматтрға', 'typo', 'азаматтарға', 'kk2'],
    // A form that no passage has, of a stem that some have.
    ['минстру', 'typo', 'министра', 'ru1'],
    // The parts of a compound are mended one by one.
    ['журнл-почта', 'typo', 'журнал-почта', 'ru2'],
    // One short word that has a sense on another layout is no proof of it.
    ['ш. регитсрация обращений', 'typo', 'ш. регистрация обращений', 'ru2'],
    // The key of ө is that of the hyphen.
    ['-т3н3ш-жауап', 'layout', 'өтініш-жауап', 'kk1'],
    // References too, with the numbers beside them.
    ['cn/ 9', 'layout', 'ст. 9', 'ru3'],
    ['cnfnmz 9', 'layout', 'статья 9', 'ru3'],
    ['gg/ 4) g/ 3', 'layout', 'пп. 4) п. 3', 'ru4'],
    ['g/3', 'layout', 'п.3', 'ru4'],
    // Signs typed with Shift.
    ['ghbrfp&', 'layout', 'приказ?', 'ru1'],
    ['@ghbrfp@', 'layout', '"приказ"', 'ru1'],
    [')spvtn', 'layout', 'қызмет', 'kk1'],
    [')ызмет', 'layout', 'қызмет', 'kk1'],
    // Russian with the Kazakh layout on: its digit row has letters, so that numbers are lost.
    ['ғ рабочих дней', 'layout', '5 рабочих дней', 'ru2'],
    ['әң дней', 'layout', '24 дней', 'ru2'],
    ['ответ "ғ дней', 'layout', 'ответ 15 дней', 'ru2'],
    ['ғ или ". рабочих дней', 'layout', '5 или 17 рабочих дней', 'ru2'],
    ['ғөдневный срок', 'layout', '5-дневный срок', 'ru4'],
    ['статья ұ', 'layout', 'статья 9', 'ru3'],
    ['ст№ ұ', 'layout', 'ст. 9', 'ru3'],
    ['п№і', 'layout', 'п.3', 'ru4'],
    ['пп№ ңҚ п№ і', 'layout', 'пп. 4) п. 3', 'ru4'],
    ['приказ І і,ү/НҚ', 'layout', 'приказ № 368/НҚ', 'ru1'],
    ['"ң"ң', 'layout', '1414', 'ru3'],
    ['ү үққ қүқ ....', 'layout', '8 800 080 7777', 'ru4'],
    ['п№ ".', 'layout', 'п. 17', 'ru1'],
    ['пункт іі', 'layout', 'пункт 33', 'ru2'],
    ['контактөцентр "ң"ң', 'layout', 'контакт-центр 1414', 'ru3'],
    ['КОНТАКТӨЦЕНТР', 'layout', 'контакт-центр', 'ru3'],
    ['уч(т БИН', 'layout', 'учёт БИН', 'ru3'],
    // And Latin letters on the Russian one.
    ['уьфшд', 'layout', 'email', 'ru2'],
    ['BИН организации', 'typo', 'БИН организации', 'ru3'],
    ['TOO', 'transliteration', 'ТОО', 'ru3'],
    // Kazakh with the letters of a Russian keyboard.
    ['кызмет', 'letters', 'қызмет', 'kk1'],
    ['отиниш', 'letters', 'өтініш', 'kk1'],
    ['жумыс', 'letters', 'жұмыс', 'kk1'],
    ['мерзими', 'letters', 'мерзімі', 'kk2'],
  ])('«%s» is %s: «%s», and finds %s', async (query, kind, meant, first) => {
    const result = await ask(query)
    expect(result).toMatchObject({ correctionKind: kind, correctedTo: meant })
    expect(result.hits[0]?.passageId).toBe(first)
  })

  it.each([
    ['vtvktrtnn3r', 'мемлекеттік'],
    ['ghbrfp3r', null],
  ])('while «%s» is typed, what its end may become says nothing of its beginning', async (query, meant) => {
    const { correctedTo } = await ask(query, { prefix: true })
    if (meant === null) expect(correctedTo).not.toBe(query)
    else expect(correctedTo).toBe(meant)
  })

  it.each([
    ['ответ ғ', null],
    ['ст№ ұ', 'ст. 9'],
  ])('takes «%s» for a number while it is typed only where it names a place', async (query, meant) => {
    expect((await ask(query, { prefix: true })).correctedTo).toBe(meant)
  })

  it.each(['"приказ министтра"', '«регитсрация»', '"регитсрация обращ', 'call center', 'call center оператор'])(
    'corrects nothing of «%s»',
    async (query) => {
      expect(await ask(query, { prefix: true })).toMatchObject({ correctedTo: null, correctionKind: null })
    },
  )

  it.each([
    ['əлеуметтік', 'әлеуметтік'],
    ['ЦOH', 'ЦОН'],
    ['мемлeкeттік', 'мемлекеттік'],
  ])('reads «%s» as «%s» without calling it an error', async (query, meant) => {
    const own = createInProcessIndex(language)
    await own.apply({ remove: [], upsert: [document('one', 'kk', `${meant} көмек`)] })
    const result = await own.search({ asOf: '2026-11-24', limit: 5, prefix: false, text: query })
    expect(result).toMatchObject({ correctedTo: null, hits: [{ passageId: 'one' }] })
  })

  it.each([
    'приказ',
    'жауап',
    'азамат',
    'ответ 2 дня',
    'п. 23',
    '1414',
    '8 800 080 7777',
    // Kazakh words and abbreviations, and letters that no number can be made of.
    'мерзімі ғ күн',
    'жауап беру ғ',
    'қ. министр',
    'приказ Ә. министра',
    'ответ «ғ дней»',
    'министр қ.,',
    'министр қ',
    'жалоба ғғ. запрос',
    'өң',
    'ғ',
    'қайта ғ',
    'министра(и) запрос',
    'жалоба(и запрос)',
    'пі',
    'жетістік',
    'төсек',
    'төбелес',
    'Майөзек',
    'құқық',
    'нөмір 5',
    'үй-жай',
    // Roman numbers, as people type them.
    'обращений і квартал',
    'жалоба іі группы',
    'глава іі',
  ])('leaves «%s» as it is', async (query) => {
    expect(await ask(query)).toMatchObject({ correctionKind: null, correctedTo: null })
  })

  it.each([
    ['кызмет', 'kk1'],
    ['отиниш', 'kk1'],
    ['жумыс куни', 'kk1'],
    ['конырау', 'kk2'],
    ['жауап', 'kk2'],
    ['азаматтын', 'kk2'],
    ['тегин', 'kk2'],
    ['қызметтердің', 'kk1'],
    ['бұйрығы', 'kk2'],
  ])('finds Kazakh text by «%s», typed without Kazakh letters or in another form', async (query, first) => {
    expect((await ask(query)).hits[0]?.passageId).toBe(first)
  })

  it.each(['ghbrfp', 'zhurnal'])('searches for «%s» itself when told to', async (query) => {
    expect(await ask(query, { verbatim: true })).toMatchObject({
      hits: [],
      total: 0,
      correctedTo: null,
      correctionKind: null,
    })
  })

  it('mends the word that is being typed, whatever the layout and the letters', async () => {
    expect((await ask('ghbr', { prefix: true })).hits[0]?.passageId).toBe('ru1')
    expect((await ask('zhurn', { prefix: true })).hits[0]?.passageId).toBe('ru1')
    expect((await ask('qyzm', { prefix: true })).hits[0]?.passageId).toBe('kk1')
    expect((await ask('кызм', { prefix: true })).hits[0]?.passageId).toBe('kk1')
  })

  it('puts a quoted phrase above its words apart', async () => {
    const own = createInProcessIndex(language)
    await own.apply({
      remove: [],
      upsert: [
        document('apart', 'ru', 'Запись. Разговора запись, запись и запись: разговора, разговора.'),
        document(
          'together',
          'ru',
          'Сюда не относится многое другое, что бывает в центре, а запись разговора относится.',
        ),
      ],
    })
    const first = async (text: string): Promise<string | undefined> =>
      (await own.search({ asOf: '2026-11-24', limit: 5, prefix: false, text })).hits[0]?.passageId
    expect(await first('запись разговора')).toBe('apart')
    expect(await first('«запись разговора»')).toBe('together')
  })
})
