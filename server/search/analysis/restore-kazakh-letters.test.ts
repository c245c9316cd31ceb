import { expect, it } from 'vitest'
import { restoreKazakhLetters } from './restore-kazakh-letters.ts'

it.each([
  ['уйди тиркеуге канша уакыт керек', 'үйді тіркеуге қанша уақыт керек'],
  ['Отиниш калай жазамын', 'Өтініш қалай жазамын'],
  ['занды тулганын атауы', 'заңды тұлғаның атауы'],
  ['шагым мерзими', 'шағым мерзімі'],
  // Russian words of Kazakh speech stay.
  ['квартира документ срочно керек', 'квартира документ срочно керек'],
  ['адвокат лицензия', 'адвокат лицензия'],
  // Who has these letters types them.
  ['өтінішті кайтарып алсам', 'өтінішті кайтарып алсам'],
  ['eGov 1414 ИИН', 'eGov 1414 ИИН'],
  ['', ''],
])('«%s» is «%s»', (typed, meant) => {
  expect(restoreKazakhLetters(typed)).toBe(meant)
})

it('stays as long as it was', () => {
  const text = 'Уйди ТИРКЕУГЕ, канша?!  кужат'
  expect(restoreKazakhLetters(text)).toHaveLength(text.length)
})
