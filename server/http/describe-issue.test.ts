import { expect, it } from 'vitest'
import { z } from 'zod'
import { describeIssue, withWords } from './describe-issue.ts'

const said = (schema: z.ZodType, value: unknown): string[] => {
  const { error } = schema.safeParse(value)
  return (['ru', 'kk', 'en'] as const).map((lang) =>
    (error?.issues ?? []).map((one) => describeIssue(one, lang)).join('; '),
  )
}

/** Nothing of the program's own language («string», «>=2») may reach a reader. */
it.each([
  [
    z.string().min(2),
    'а',
    [
      'Слишком коротко: символов нужно не меньше 2',
      'Тым қысқа: кемінде 2 таңба керек',
      'Too short: at least 2 characters are needed',
    ],
  ],
  [z.string().min(1), '', ['Не заполнено', 'Толтырылмаған', 'Not filled in']],
  [z.string(), undefined, ['Не заполнено', 'Толтырылмаған', 'Not filled in']],
  [z.string(), 5, ['Здесь нужно: текст', 'Мұнда керегі: мәтін', 'This must be a text']],
  [
    z.array(z.string()).max(1),
    ['а', 'б'],
    [
      'Слишком много: в списке может быть не больше 1',
      'Тым көп: тізімде 1 көп болмауы керек',
      'Too many: the list takes at most 1',
    ],
  ],
  [z.number().max(5), 9, ['Может быть не больше 5', '5 аспауы керек', 'At most 5']],
  [z.coerce.number(), 'много', ['Здесь нужно: число', 'Мұнда керегі: сан', 'This must be a number']],
  [
    z.iso.date(),
    'завтра',
    ['Здесь нужно: день вида ГГГГ-ММ-ДД', 'Мұнда керегі: ЖЖЖЖ-АА-КК түріндегі күн', 'This must be a day as YYYY-MM-DD'],
  ],
  [
    z.enum(['ru', 'kk']),
    'de',
    ['Можно только: ru, kk', 'Мыналардың бірі ғана болады: ru, kk', 'It must be one of: ru, kk'],
  ],
  [z.strictObject({}), { more: 1 }, ['Неизвестные поля: more', 'Белгісіз өрістер: more', 'Unknown fields: more']],
  [z.union([z.string(), z.number()]), null, ['Недопустимое значение', 'Жарамсыз мән', 'Not a usable value']],
] as [z.ZodType, unknown, string[]][])('%#: in the reader’s language', (schema, value, expected) => {
  expect(said(schema, value)).toEqual(expected)
})

it('keeps what a schema itself says', () => {
  const words = { ru: 'Напишите причину', kk: 'Себебін жазыңыз', en: 'Give a reason' }
  expect(
    said(
      z.string().refine(() => false, withWords(words)),
      'а',
    ),
  ).toEqual([words.ru, words.kk, words.en])
  // Written in one language alone: better that than nothing.
  expect(said(z.string().regex(/^x$/u, 'Только x'), 'а')).toEqual(['Только x', 'Только x', 'Только x'])
})
