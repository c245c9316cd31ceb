import { describe, expect, it } from 'vitest'
import { factKey, factsOf } from './facts-of.ts'

const keys = (text: string, lang: 'ru' | 'kk') => factsOf(text, lang).facts.map(factKey)

describe('facts of a text', () => {
  it.each([
    ['ru', 'в течение трех рабочих дней', ['term 3 working-day']],
    ['kk', 'үш жұмыс күні ішінде', ['term 3 working-day']],
    ['ru', 'не позднее 5 (пяти) календарных дней', ['term 5 calendar-day']],
    ['kk', 'күнтізбелік 5 (бес) күннен кешіктірмей', ['term 5 calendar-day']],
    ['kk', 'бес күнтізбелік күн', ['term 5 calendar-day']],
    ['kk', 'күнтізбелік он күн өткен соң', ['term 10 calendar-day']],
    ['ru', 'в течение пятнадцати дней', ['term 15 day']],
    ['kk', 'он бес күн ішінде', ['term 15 day']],
    ['kk', '15 (он бес) жұмыс күнінен', ['term 15 working-day']],
    ['ru', 'в течение двух часов, 20 минут', ['term 2 hour', 'term 20 minute']],
    ['kk', 'екі сағат ішінде, 20 минут', ['term 2 hour', 'term 20 minute']],
    ['ru', 'не позднее чем за сутки', ['term 1 around-the-clock-day']],
    ['ru', 'за день до окончания срока; за день', ['term 1 day']],
    ['ru', 'с 8-00 до 17-30 часов; до 10-20 минут', ['clock 480', 'clock 1050', 'number 10']],
    ['ru', 'две тысячи пятьсот тенге', ['money 2500 tenge']],
    ['kk', 'екі мың бес жүз теңге', ['money 2500 tenge']],
    ['ru', 'номер 88000807777, 8 (800) 080-77-77', ['contact 88000807777', 'contact 88000807777']],
    ['ru', 'не менее одного года, шести лет, трех месяцев', ['term 1 year', 'term 6 year', 'term 3 month']],
    ['kk', 'кемінде бір жыл, алты жыл, үш ай', ['term 1 year', 'term 6 year', 'term 3 month']],
    ['kk', 'бiр айдан кешiктiрмей', ['term 1 month']],
    ['ru', '11 (одинадцать) календарных дней', ['term 11 calendar-day']],
    ['ru', '6 месячных расчетных показателей; 10 МРП', ['money 6 mci', 'money 10 mci']],
    ['kk', '6 айлық есептік көрсеткіш; 10 АЕК', ['money 6 mci', 'money 10 mci']],
    ['ru', 'штраф 1 500 тенге и 10 процентов', ['money 1500 tenge', 'percent 10']],
    ['kk', '1 500 теңге және 10 пайыз', ['money 1500 tenge', 'percent 10']],
    ['ru', 'с 9.00 до 18.30 часов, с 13:00', ['clock 540', 'clock 1110', 'clock 780']],
    ['kk', 'сағат 9.00-ден 18.30-ға дейін', ['clock 540', 'clock 1110']],
    ['ru', 'от 15 апреля 2013 года № 88-V', ['date 2013-04-15', 'act-number 88-v']],
    ['kk', '2013 жылғы 15 сәуірдегі № 88-V', ['date 2013-04-15', 'act-number 88-v']],
    ['ru', 'в 2023 году', ['number 2023']],
    ['ru', '8 800 080 7777, www.gov.kz', ['contact 88000807777', 'contact gov.kz']],
    ['ru', 'w​ww.​egov.​kz', ['contact egov.kz']],
    ['kk', 'www. egov. kz (бұдан әрі – портал)', ['contact egov.kz']],
    ['ru', 'https://egov.kz/cms/ru, далее', ['contact egov.kz/cms/ru']],
    ['ru', '1) заявление; 2) документ', ['item 1', 'item 2']],
    ['ru', 'пункт 5 статьи 12', ['number 5', 'number 12']],
    ['ru', 'по принципу одного окна', []],
    ['kk', 'бір терезе қағидаты', []],
  ] as const)('%s «%s»', (lang, text, expected) => {
    expect(keys(text, lang)).toEqual(expected)
  })

  it('places them in the text as it stands', () => {
    const text = 'не позднее 3 (трех) рабочих дней'
    const [fact] = factsOf(text, 'ru').facts
    expect(text.slice(fact?.start, fact?.end)).toBe('3 (трех) рабочих дней')
  })

  it('tells digits and words that disagree', () => {
    expect(factsOf('в течение 11 (десяти) рабочих дней', 'ru').contradictions).toMatchObject([
      { digits: 11, words: 10 },
    ])
    expect(factsOf('15 (он бес) күн', 'kk').contradictions).toEqual([])
    expect(factsOf('2500 (две тысячи пятьсот) тенге', 'ru').contradictions).toEqual([])
    expect(factsOf('5 (один раз в год) дней', 'ru').contradictions).toEqual([])
  })
})
