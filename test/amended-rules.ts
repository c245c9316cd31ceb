import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTENT } from './harness.ts'

/**
 * The Rules as two orders would amend them: point 8 restated and point 11 excluded from a plain date, point 14 restated some days after
 * a publication whose day the text does not give.
 * @param day the plain date, dd.mm.yyyy
 */
export async function amendedRules(day = '01.12.2026'): Promise<string> {
  const text = await readFile(join(CONTENT, 'sources', 'contact-centre-rules.ru.txt'), 'utf8')
  const by = 'приказа Министра цифрового развития РК от 01.11.2026 № 7'
  const replace = (from: string, to: string, what: string): string => {
    if (!what.includes(from)) throw new Error(`the Rules do not say «${from}»`)
    return what.replace(from, to)
  }
  const eighth = replace(
    'в течение двух рабочих дней.\n      9.',
    `в течение пяти рабочих дней.\n      Сноска. Пункт 8 - в редакции ${by} (вводится в действие с ${day}).\n      9.`,
    text,
  )
  const eleventh = eighth.replace(
    / {6}11\. При содержании в обращении[\s\S]*?услугополучателя\.\n/u,
    `      11. Исключен приказом Министра цифрового развития РК от 01.11.2026 № 7 (вводится в действие с ${day}).\n`,
  )
  if (eleventh === eighth) throw new Error('the Rules have no point 11')
  const fourteenth = replace('не превышающий четырех часов', 'не превышающий шести часов', eleventh)
  return replace(
    'указывается дата и номер телефона услугополучателя.\n      15.',
    'указывается дата и номер телефона услугополучателя.\n      Сноска. Пункт 14 - в редакции приказа Министра цифрового развития РК от 02.11.2026 № 8 (вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования).\n      15.',
    fourteenth,
  )
}
