import { describe, expect, it } from 'vitest'
import { expectedKazakhAnswer, holdsExpectedInKazakh } from './expected-answer-kazakh.ts'

describe('kinds of Kazakh questions', () => {
  it.each([
    ['лицензияны неше күнде береді', 'duration'],
    ['тест қанша уақыт', 'duration'],
    ['шешім неше жыл жарамды', 'years'],
    ['адвокат лицензиясы қанша тұрады', 'money'],
    ['аттестаттау ақылы ма әлде тегін бе', 'money'],
    ['бөлімнің түскі үзілісі сағат нешеде', 'schedule'],
    ['тестте неше сұрақ бар', 'count'],
    ['лицензияны кім береді', 'actor'],
    ['аттестаттауды қай орган өткізеді', 'actor'],
    ['реинжиниринг деген не', 'definition'],
    ['құжаттарды қашан қарайды', 'when'],
    ['қандай құжаттар керек', 'list'],
    ['телефон алып кіруге бола ма', 'yes-no'],
    ['шағымды кімге жазамын', 'actor'],
    ['айыппұл қанша', 'amount'],
    ['лицензияны қалай аламын', 'open'],
  ])('«%s» asks for %s', (question, kind) => {
    expect(expectedKazakhAnswer(question).kind).toBe(kind)
  })

  it('takes what only asks out of the words to look for', () => {
    const question = 'лицензияны неше күнде береді'
    expect(expectedKazakhAnswer(question).asked.map(([from, to]) => question.slice(from, to))).toEqual(['неше күнде'])
  })
})

describe('what a Kazakh text holds', () => {
  it.each([
    ['duration', 'құжаттар түскен күннен бастап 2 (екі) жұмыс күні ішінде тексереді', 1],
    ['duration', 'Комиссия құрамы бекітіледі', 0],
    ['years', 'шешім алты жыл бойы жарамды', 1],
    ['money', 'лицензия беру кезiнде 6 айлық есептiк көрсеткiш', 1],
    ['money', 'Комиссия отырысы', 0],
    ['schedule', 'сағат 9.00-ден, мереке күндерін қоспағанда', 1],
  ] as const)('%s of «%s»: %d', (kind, text, held) => {
    expect(holdsExpectedInKazakh(kind, text)).toBe(held)
  })
})
