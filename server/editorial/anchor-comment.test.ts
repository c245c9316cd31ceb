import { describe, expect, test } from 'vitest'
import { anchorAt, locateComment } from './anchor-comment.ts'

const TEXT =
  'Ответ даётся в течение двух рабочих дней. Жалоба рассматривается в течение двух рабочих дней со дня получения.'
const of = (text: string, quote: string, nth = 0) => {
  let at = text.indexOf(quote)
  for (let i = 0; i < nth; i++) at = text.indexOf(quote, at + 1)
  return anchorAt(text, at, at + quote.length)
}
const found = (text: string, anchor: ReturnType<typeof of>) => {
  const at = locateComment(text, anchor)
  return at === null ? null : { words: text.slice(at.start, at.end), state: at.state, start: at.start }
}

describe('a comment keeps its passage', () => {
  test('when text is written before it', () => {
    const edited = `Новый абзац.\n\n${TEXT}`
    expect(found(edited, of(TEXT, 'Жалоба'))).toMatchObject({ words: 'Жалоба', state: 'exact' })
  })

  test('of two equal passages, the one in the same surroundings', () => {
    const anchor = of(TEXT, 'двух рабочих дней', 1)
    const edited = TEXT.replace('Ответ даётся', 'Ответ на письмо всегда и без исключений даётся')
    expect(found(edited, anchor)?.start).toBe(edited.lastIndexOf('двух рабочих дней'))
  })

  test('when its words were rewritten: what stands there now', () => {
    const edited = TEXT.replace('Жалоба рассматривается', 'Обращение рассматривают')
    expect(found(edited, of(TEXT, 'Жалоба рассматривается'))).toMatchObject({
      words: 'Обращение рассматривают',
      state: 'changed',
    })
  })

  test.each([
    ['the passage and its surroundings were removed', 'Совсем другой текст о другом.'],
    ['everything was removed', ''],
  ])('unless %s', (_, edited) => {
    expect(found(edited, of(TEXT, 'Жалоба рассматривается'))).toBeNull()
  })

  test('at the beginning and at the end of the text', () => {
    expect(found(`${TEXT} Ещё.`, of(TEXT, 'Ответ'))?.words).toBe('Ответ')
    expect(found(`Вначале. ${TEXT}`, of(TEXT, 'получения.'))?.words).toBe('получения.')
  })
})
