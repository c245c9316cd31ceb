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

/**
 * The Rules as one more order would amend them, over a text that `amendedRules` gives: a point 8-1 added behind point 8, and points 26
 * and 27 excluded, which are all that an article of the starter content is made of.
 */
export function furtherAmended(text: string, day = '05.12.2026'): string {
  const by = 'Министра цифрового развития РК от 03.11.2026 № 9'
  const added = text.replace(
    /(в течение пяти рабочих дней\.\n {6}Сноска\. Пункт 8 [^\n]*\n)/u,
    `$1      8-1. Ответ на обращение, поступившее через мессенджер, предоставляется в течение одного рабочего дня.\n      Сноска. Правила дополнены пунктом 8-1 в соответствии с приказом ${by} (вводится в действие с ${day}).\n`,
  )
  const excluded = added.replace(
    / {6}26\. При внесении изменений[\s\S]*?(?= {6}28\. )/u,
    `      26. Исключен приказом ${by} (вводится в действие с ${day}).\n      27. Исключен приказом ${by} (вводится в действие с ${day}).\n`,
  )
  if (added === text || excluded === added) throw new Error('the Rules do not read as expected')
  return excluded
}
