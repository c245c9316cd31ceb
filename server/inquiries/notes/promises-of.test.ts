import { expect, test } from 'vitest'
import { promisesOf } from './promises-of.ts'

const said = (text: string, speaker: 'operator' | 'caller' = 'operator') =>
  promisesOf([{ id: '0', order: 0, speaker, text, final: true }])

test.each([
  ['Мы вам сообщим до пятницы.'],
  ['Хорошо, я позвоню вам завтра.'],
  ['Ответ сейчас не сообщим, но перезвоним завтра.'],
  ['Не волнуйтесь, передам в отдел.'],
  ['Жауабын ертең хабарлаймыз.'],
  ['Мен сізге қоңырау шаламын.'],
])('«%s» is promised', (text) => {
  expect(said(text)).toEqual([text])
  expect(said(text, 'caller')).toEqual([])
})

test.each([
  ['Итоги мы вам не сообщим.'],
  ['Сами мы не  перезвоним, звоните на 1414.'],
  ['Мы не передадим эти сведения никому.'],
  ['Біз оны хабарламаймыз.'],
  ['Біз қоңырау шалмаймыз.'],
  ['Когда вы нам сообщите?'],
  ['Вам сообщим в пятницу?'],
])('«%s» is not', (text) => {
  expect(said(text)).toEqual([])
})
