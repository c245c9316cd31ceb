import { expect, it } from 'vitest'
import { detectLanguage } from './detect-language.ts'

it.each([
  ['в какой срок отвечают на письмо', 'ru'],
  ['хатқа қанша күнде жауап береді', 'kk'],
  ['хатка канша кунде жауап береди', 'kk'],
  ['Бірыңғай байланыс орталығы', 'kk'],
  ['приказ № 368/НҚ', 'ru'],
  ['Қазанғап Т.Б. подписал приказ', 'ru'],
  ['не работает', 'ru'],
  ['1414', 'ru'],
  ['email', 'ru'],
  ['', 'ru'],
])('«%s» is %s', (text, lang) => {
  expect(detectLanguage(text)).toBe(lang)
})
