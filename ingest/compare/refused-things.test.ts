import { describe, expect, it } from 'vitest'
import { refusedThings } from './refused-things.ts'

describe('what a refusal refuses', () => {
  it.each([
    ['ru', 'ответ об отказе в выдаче либо переоформлении лицензии, направленной услугополучателю', [2]],
    ['ru', 'выдает расписку об отказе в приеме документов по форме', [1]],
    ['ru', 'отказывает в государственной регистрации прав', [1]],
    ['ru', 'мотивированный отказ в приеме, рассмотрении и переоформлении', [3]],
    // What is done beside the refusal, or a second thing behind a complement: nobody can tell.
    ['ru', 'об отказе в приеме заявления либо выдаче расписки', [null]],
    ['ru', 'отказ от исковых требований', []],
    ['kk', 'лицензияны беруден бас тарту туралы дәлелді жауап немесе қайта рәсімдеу', [1]],
    ['kk', 'беруден немесе қайта рәсімдеуден бас тарту туралы жауап', [2]],
    ['kk', 'құжаттарды қабылдаудан дәлелді бас тартады', [1]],
    // «to admit or to refuse», or «to refuse both»: nobody can tell.
    ['kk', 'аттестаттауға жіберу не жіберуден бас тарту туралы шешім', [null]],
    ['kk', 'беру немесе қайта рәсімдеуден бас тарту', [null]],
    ['kk', 'бас тарту үшін негіз', []],
  ] as const)('%s: %s', (lang, text, things) => {
    expect(refusedThings(text, lang).map((one) => one.things)).toEqual(things)
  })

  it('stands where it is printed', () => {
    const text = 'Ответ об отказе в выдаче либо переоформлении.'
    const [one] = refusedThings(text, 'ru')
    expect(text.slice(one?.start, one?.end)).toBe('отказе в выдаче либо переоформлении')
  })
})
