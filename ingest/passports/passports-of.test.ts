import { describe, expect, it } from 'vitest'
import type { Lang } from '#ingest/acts/act.ts'
import type { PassportSource } from './passport.ts'
import { passportsOf, serviceName, serviceNameKey } from './passports-of.ts'

const TABLE: PassportSource = {
  eid: 'app_1__table',
  parentEid: 'app_1',
  kind: 'table',
  num: null,
  label: 'прил. 1, Перечень',
  heading: 'Перечень основных требований к оказанию государственной услуги «Выдача справки» (далее – Перечень)',
  text: '',
  status: 'in-force',
}

const row = (
  num: string,
  heading: string,
  text: string,
  status: PassportSource['status'] = 'in-force',
): PassportSource => ({
  eid: `app_1__row_${num}`,
  parentEid: TABLE.eid,
  kind: 'row',
  num,
  label: `прил. 1, п. ${num} Перечня`,
  heading,
  text,
  status,
})

function passport(rows: PassportSource[], lang: Lang = 'ru') {
  const [only] = passportsOf([TABLE, ...rows], lang)
  if (only === undefined) throw new Error('no passport')
  return only
}

const term = (text: string, lang: Lang = 'ru') =>
  passport(
    [row('3', lang === 'ru' ? 'Срок оказания государственной услуги' : 'Мемлекеттік қызмет көрсету мерзімі', text)],
    lang,
  )
const fee = (text: string, lang: Lang = 'ru') =>
  passport([row('6', lang === 'ru' ? 'Размер оплаты' : 'Төлем мөлшері', text)], lang).fee
const rulesOf = (one: ReturnType<typeof passport>) =>
  one.messages.filter(({ rule }) => rule !== 'field-missing').map(({ rule }) => rule)

describe('a passport of a service', () => {
  it('keeps a row that it does not know under other requirements, and says where', () => {
    const one = passport([row('7', 'Код по классификатору', '00401001')])
    expect(one.fields.other).toMatchObject([
      { eid: 'app_1__row_7', heading: 'Код по классификатору', text: '00401001' },
    ])
    expect(one.messages.find(({ rule }) => rule === 'row-unknown')).toMatchObject({
      eid: 'app_1__row_7',
      text: expect.stringContaining('прил. 1, п. 7 Перечня: заголовок строки «Код по классификатору» не опознан'),
    })
  })

  it('keeps both rows of one field, and names the fields that the table lacks', () => {
    const one = passport([
      row('1', 'Наименование услугодателя', 'Акимат'),
      row('2', 'Наименование услугодателя', 'ЦОН'),
    ])
    expect(one.fields.provider.map(({ text }) => text)).toEqual(['Акимат', 'ЦОН'])
    expect(rulesOf(one)).toEqual(['field-repeated'])
    expect(one.messages.filter(({ rule }) => rule === 'field-missing')).toHaveLength(9)
  })

  it('reads nothing from an excluded row', () => {
    const one = passport([row('3', 'Срок оказания государственной услуги', '', 'excluded')])
    expect(one.fields.term).toMatchObject([{ status: 'excluded' }])
    expect(one.terms).toEqual([])
    expect(rulesOf(one)).toEqual([])
  })

  it.each([
    ['Перечень … «Выдача справки» (далее – Перечень)', 'Выдача справки'],
    ['Стандарт "Выдача справки"', 'Выдача справки'],
    ['услуги «Прием в «Дарын» и «Білім»»', 'Прием в «Дарын» и «Білім»'],
    ['«Анықтама беру» мемлекеттік қызмет көрсетуге қойылатын талаптар (бұдан әрі – «Тізбе»)', 'Анықтама беру'],
    ['Перечень основных требований', null],
  ])('%s names %s', (caption, name) => {
    expect(serviceName(caption)).toBe(name)
  })

  it('compares names by their words alone', () => {
    expect(serviceNameKey(' Выдача  «справки».')).toBe(serviceNameKey('выдача справки'))
    expect(serviceNameKey('Лицензия беру және қайта ресiмдеу')).toBe(
      serviceNameKey('Лицензия беру және қайта ресімдеу'),
    )
    expect(serviceNameKey('Выдача справки')).not.toBe(serviceNameKey('Выдача справок'))
  })
})

describe('terms', () => {
  it.each([
    ['15 (пятнадцать) календарных дней.', 'ru', 15, 'calendar-day'],
    ['в течение 1 рабочего дня, следующего за днем подачи заявления', 'ru', 1, 'working-day'],
    ['не позднее трех дней', 'ru', 3, 'day'],
    ['15 (он бес) жұмыс күні', 'kk', 15, 'working-day'],
    ['өтініш берілген күннен кейінгі екі жұмыс күні ішінде', 'kk', 2, 'working-day'],
    ['күнтізбелік 10 күн ішінде', 'kk', 10, 'calendar-day'],
  ] as const)('%s', (text, lang, value, unit) => {
    expect(term(text, lang).terms).toMatchObject([{ of: 'service', value, unit, text }])
  })

  it.each([
    ['two terms in a sentence', 'в течение 3 рабочих дней, а при проверке – 10 рабочих дней'],
    ['no number', 'незамедлительно'],
    ['only what is not counted', 'день приема документов не входит в срок'],
  ])('are left to the reader where there is %s', (_why, text) => {
    const one = term(text)
    expect(one.terms.filter(({ of }) => of === 'service')).toEqual([])
    expect(rulesOf(one)).toEqual(['term-unread'])
    expect(one.fields.term[0]?.text).toBe(text)
  })

  it('are told apart: the service, the queue, the desk, a suspension', () => {
    const { terms } = term(
      'в течение 5 рабочих дней;\nвремя ожидания – 20 минут;\nмаксимально допустимое время обслуживания – 15 минут;\nУслуга приостанавливается не более чем на один месяц:\n1) если за 3 рабочих дня нет оплаты;\nВ ускоренном порядке – в течение двух часов.',
    )
    expect(terms.map(({ of, value, unit }) => [of, value, unit])).toEqual([
      ['service', 5, 'working-day'],
      ['waiting', 20, 'minute'],
      ['serving', 15, 'minute'],
      ['suspension', 1, 'month'],
      ['service', 2, 'hour'],
    ])
    expect(terms.at(-1)?.under).toEqual([])
  })

  it('stand with the case that they are for', () => {
    expect(
      term('1) в ЦОН:\nв течение 2 рабочих дней;\n2) на портале: www.egov.kz.\nв течение 1 часа').terms,
    ).toMatchObject([
      { value: 2, under: ['в ЦОН:'] },
      { value: 1, under: ['на портале: www.egov.kz.'] },
    ])
  })
})

describe('fees', () => {
  it.each([
    ['бесплатно', 'ru', 'free', []],
    ['Услуга оказывается платно: 500 тенге', 'ru', 'paid', ['500 тенге']],
    ['Юридическим лицам – 6,5 МРП, физическим – бесплатно', 'ru', 'mixed', ['6,5 МРП']],
    ['Плата не взимается', 'ru', 'free', []],
    ['Государственная пошлина не взимается', 'ru', 'free', []],
    ['Сбор за государственную регистрацию не взимается', 'ru', 'free', []],
    ['Пошлина не уплачивается', 'ru', 'free', []],
    ['Плата за услугу не взимается', 'ru', 'free', []],
    ['Пошлина взимается, сбор не взимается', 'ru', 'mixed', []],
    ['Пошлина взимается и сбор не взимается', 'ru', 'mixed', []],
    ['Мемлекеттік баж алынбайды', 'kk', 'free', []],
    ['Мемлекеттік баж алынады', 'kk', 'paid', []],
    ['См. приложение', 'ru', null, []],
    ['тегін', 'kk', 'free', []],
    ['лицензия беру кезiнде 6 айлық есептiк көрсеткiштi құрайды', 'kk', 'paid', ['6 айлық есептiк көрсеткiштi']],
  ] as const)('%s', (text, lang, kind, amounts) => {
    const read = fee(text, lang)
    expect(read.kind).toBe(kind)
    expect(read.amounts.map((amount) => amount.text)).toEqual(amounts)
  })
})
