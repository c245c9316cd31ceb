import { describe, expect, it } from 'vitest'
import { compareLanguages, type ComparedProvision } from './compare-languages.ts'

const provision = (eid: string, text: string, more: Partial<ComparedProvision> = {}): ComparedProvision => ({
  eid,
  parentEid: eid.includes('__') ? eid.split('__').slice(0, -1).join('__') : null,
  label: eid,
  text,
  status: 'in-force',
  ...more,
})
const told = (ru: ComparedProvision[], kk: ComparedProvision[]) =>
  compareLanguages(ru, kk).map((one) => [
    one.kind,
    one.isMaterial,
    one.ru.said.map(({ text }) => text).join('; '),
    one.kk.said.map(({ text }) => text).join('; '),
  ])
const one = (ru: string, kk: string) => told([provision('para_1', ru)], [provision('para_1', kk)])

describe('two languages of one act', () => {
  it.each([
    ['Ответ дают в течение трех рабочих дней.', 'Жауап үш жұмыс күні ішінде беріледі.', []],
    [
      'Ответ дают в течение 15 (пятнадцати) календарных дней.',
      'Жауап 15 (он бес) жұмыс күні ішінде беріледі.',
      [['days', true, '15 (пятнадцати) календарных дней', '15 (он бес) жұмыс күні']],
    ],
    ['Срок – пять рабочих дней.', 'Мерзімі – он жұмыс күні.', [['term', true, 'пять рабочих дней', 'он жұмыс күні']]],
    ['Плата – 6 МРП.', 'Төлем – 8 АЕК.', [['fee', true, '6 МРП', '8 АЕК']]],
    ['Прием с 9.00 до 18.00.', 'Қабылдау 9.00-ден 18.30-ға дейін.', [['hours', true, '18.00', '18.30']]],
    ['На портале www.egov.kz.', 'www.elicense.kz порталында.', [['contact', true, 'www.egov.kz', 'www.elicense.kz']]],
    ['Нужны: 1) заявление; 2) фото.', 'Қажет: 1) өтініш.', [['list', true, '2)', '']]],
    ['заявление;\nфото.', '1) өтініш;\n2) сурет.', []],
    ['Закон от 15 апреля 2013 года', 'Заң', [['date', false, '15 апреля 2013', '']]],
    ['согласно приложению 2', '3-қосымшаға сәйкес', [['number', false, '2', '3']]],
    ['в течение 11 (десяти) рабочих дней', '11 жұмыс күні ішінде', [['contradiction', true, '11 (десяти)', '']]],
    [
      'Данные вносит услугодатель.',
      'Деректерді көрсетілетін қызметті алушы енгізеді.',
      [['subject', true, 'услугодатель', 'көрсетілетін қызметті алушы']],
    ],
    ['Форма: электронная/бумажная.', 'Нысаны: электрондық.', [['subject', true, 'бумажная', '']]],
    ['Реестр движимого имущества', 'Жылжымайтын мүлік тізілімі', [['subject', true, 'движимого', 'Жылжымайтын']]],
    ['Уведомление направляется заявителю.', 'Өтініш берушіге хабарланады.', []],
    [
      'Перечень вопросов формируется Комитетом.',
      'Сұрақтар тізбесін Комитет бекітеді.',
      [['subject', true, 'формируется', 'бекітеді']],
    ],
    ['Утвердить Правила.', 'Қағидалар бекітілсін.', []],
    ['вступившее в силу решение (приговор) суда', 'соттың күшіне енген үкімі', [['subject', true, 'решение', '']]],
    ['Правительство сообщает заявителю.', 'Үкімет өтініш берушіге хабарлайды.', []],
    ['согласно приложению', 'қосымшаға сәйкес', []],
    [
      'Заявления филиалов и представительств; союзов, филиалов и представительств союзов.',
      'Филиалдар мен өкілдіктердің; одақтардың өтініштері.',
      [['subject', true, 'филиалов и представительств', '']],
    ],
    [
      'Чек (код заявки, код платежа, получатель, сумма, дата и время оплаты, код назначения) хранится.',
      'Чек (өтінім коды, төлем коды, алушы, сома) сақталады.',
      [
        [
          'list',
          true,
          '(код заявки, код платежа, получатель, сумма, дата и время оплаты, код назначения)',
          '(өтінім коды, төлем коды, алушы, сома)',
        ],
      ],
    ],
    // What says more of an item stands behind a comma in Russian alone.
    [
      'Проверка (заявки, удостоверенной ЭЦП, оплаты, обременений, которые исключают регистрацию, лиц, связанных с залогом) идет.',
      'Тексеру (ЭЦҚ қойылған өтінім, төлем, тіркеуді болдырмайтын ауыртпалық, кепілге байланысты адамдар) жүреді.',
      [],
    ],
    ['Три рабочих дня; не более трех рабочих дней.', 'Үш жұмыс күнінен аспайды.', []],
  ])('«%s» / «%s»', (ru, kk, expected) => {
    expect(one(ru, kk)).toEqual(expected)
  })

  const SENTENCES = [
    [
      'Адреса мест оказания услуги размещены на портале Министерства.',
      'Қызмет көрсету мекенжайлары Министрлік порталында орналастырылған.',
    ],
    [
      'Сведения о порядке оказания и о том, как идет дело, дает Единый контакт-центр по телефону, а по желанию и по почте.',
      'Көрсету тәртібі мен істің барысы туралы мәліметті Бірыңғай байланыс орталығы телефонмен, қалауы бойынша поштамен де береді.',
    ],
    [
      'Цифровой документ показывают в мобильном приложении после входа в раздел документов.',
      'Цифрлық құжатты мобильдік қосымшада құжаттар бөліміне кіргеннен кейін көрсетеді.',
    ],
  ] as const

  it('tells a paragraph that the other text lacks, and pairs the others however they are broken', () => {
    const ru = SENTENCES.map(([one]) => one).join('\n')
    const [first = '', second = '', third = ''] = SENTENCES.map(([, other]) => other)
    expect(one(ru, `${first} ${second}\n${third}`)).toEqual([])
    expect(one(ru, `${first}\n${third}`)).toEqual([['paragraph', true, SENTENCES[1][0], '']])
    expect(one(`${SENTENCES[0][0]}\n${SENTENCES[1][0]}`, [first, second, third].join('\n'))).toEqual([
      ['paragraph', true, '', third],
    ])
  })

  it.each([
    [
      'Залогодержатель ___ Имущество остается у залогодателя или залогодержателя.',
      'Кепіл беруші ___ Мүлік кепіл берушіде немесе кепіл ұстаушыда қалады.',
      ['Залогодержатель', 'Кепіл беруші'],
    ],
    [
      'Залогодатель ___ Имущество остается у залогодателя или залогодержателя.',
      'Кепіл беруші ___ Мүлік кепіл берушіде немесе кепіл ұстаушыда қалады.',
      null,
    ],
    // Said less often in the one text than in the other: a pronoun stands for it.
    [
      'Заявление подает залогодержатель, залогодатель или залогодержатель.',
      'Өтінішті кепіл ұстаушы немесе кепіл беруші береді.',
      null,
    ],
  ])('of two opposite words the one stands where the other belongs: «%s»', (ru, kk, expected) => {
    expect(one(ru, kk)).toEqual(expected === null ? [] : [['subject', true, ...expected]])
  })

  it('of a blank, tells a field that may stay empty by one text alone', () => {
    const told = (eid: string, kk: string) =>
      compareLanguages(
        [provision(eid, 'Фамилия, имя, отчество (при его наличии) ___ Адрес электронной почты (при наличии) ___')],
        [provision(eid, kk)],
      ).map(({ ru }) => ru.said.map(({ text }) => text))
    const without = 'Тегі, аты, әкесінің аты (болған жағдайда) ___ Электрондық пошта мекенжайы ___'
    expect(told('app_1__form', without)).toEqual([['(при наличии)']])
    expect(told('app_1__form', without.replace('мекенжайы', 'мекенжайы (болған жағдайда)'))).toEqual([])
    expect(told('para_1', without)).toEqual([])
  })

  it('tells the root of what one text lacks, once', () => {
    const ru = [provision('app_1', ''), provision('app_1__row_1', 'а'), provision('app_1__row_1__subpara_1', 'б')]
    expect(told(ru, [provision('app_1', '')])).toEqual([['missing', true, '', '']])
    expect(compareLanguages([provision('app_1', '')], ru)[0]).toMatchObject({
      kind: 'missing',
      ru: { eid: null },
      kk: { eid: 'app_1__row_1' },
    })
  })

  it('finds a point again under a chapter of another number', () => {
    const ru = [provision('chp_4', ''), provision('chp_4__para_9', 'два рабочих дня')]
    const kk = [provision('chp_3', ''), provision('chp_3__para_9', 'үш жұмыс күні')]
    expect(told(ru, kk)).toEqual([
      ['numbering', false, '', ''],
      ['term', true, 'два рабочих дня', 'үш жұмыс күні'],
    ])
  })

  it('asks about words left out where the length does not fit', () => {
    const sentence =
      'Комиссия рассматривает представленные документы и выносит мотивированное решение по каждому из них. '
    const translation = 'Комиссия ұсынылған құжаттарды қарайды және олардың әрқайсысы бойынша дәлелді шешім шығарады. '
    const numbers = Array.from({ length: 20 }, (_, i) => i + 1)
    const ru = numbers.map((i) => provision(`para_${i}`, sentence.repeat(2 + (i % 4)) + 'а'.repeat(i % 5)))
    const kk = numbers.map((i) =>
      provision(`para_${i}`, translation.repeat(i === 7 ? 1 : 2 + (i % 4)) + 'ә'.repeat(i % 7)),
    )
    expect(compareLanguages(ru, kk).map((found) => [found.kind, found.ru.eid])).toEqual([['omission', 'para_7']])
  })

  it('finds a point again under a paragraph that the other text lacks', () => {
    expect(
      told(
        [provision('chp_2', ''), provision('chp_2__prg_1', ''), provision('chp_2__prg_1__para_5', 'два рабочих дня')],
        [provision('chp_2', ''), provision('chp_2__para_5', 'екі жұмыс күні')],
      ).filter(([, , ru, kk]) => ru !== '' || kk !== ''),
    ).toEqual([])
  })

  it('says nothing of what is excluded in the one and gone from the other', () => {
    expect(told([provision('para_5', 'Исключен.', { status: 'excluded' })], [])).toEqual([])
    expect(told([], [provision('para_5', 'Алып тасталды.', { status: 'excluded' })])).toEqual([])
  })

  it('tells what is excluded in one language alone', () => {
    expect(
      told([provision('para_1', 'Исключен.', { status: 'excluded' })], [provision('para_1', 'Үш жұмыс күні.')]),
    ).toEqual([['status', true, '', '']])
  })
})
