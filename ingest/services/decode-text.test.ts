import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { Refusal } from './messages.ts'
import { decodeText } from './decode-text.ts'
import { csvOf, goodRow, TITLES } from './fixtures/make-files.ts'

const RUSSIAN = csvOf([TITLES, goodRow(1), goodRow(2)])
/** As a body in Kokshetau writes it: every letter that Kazakh has beside the Russian ones. */
const KAZAKH = [
  '№;Тізілімдегі №;Қызметтің атауы;Заңға тәуелді акт;Өзгерістер;Веб-ресурс;Жауапты адам;Байланыс',
  '1;00101001;Туу туралы куәлік беру және мәліметтерді өзгерту;Әділет министрінің 2020 жылғы 28 мамырдағы № 61 бұйрығы;жоқ;egov.kz;Ғабит Құрманғалиұлы, бөлім басшысы;+7 7172 74 07 60',
  '2;00101002;Некені (ерлі-зайыптылықты) тіркеу, үшіншілік һәм ҢЁ;Әділет министрінің бұйрығы № 62;жоқ;egov.kz;Іңкәр Өмірбекқызы, сарапшы;+7 7172 74 07 61',
].join('\r\n')

const MARK = {
  'utf-8': '\u{FEFF}',
  'utf-16le': '\u{FEFF}',
  'utf-16be': '\u{FEFF}',
  'utf-32le': '\u{FEFF}',
  'utf-32be': '\u{FEFF}',
}

describe('what an agency may send a .csv in (п. 20)', () => {
  it.each<[encoding: string, named: string, languages: ('ru' | 'kk')[], marked?: boolean, said?: string[]]>([
    ['utf-8', 'UTF-8', ['ru', 'kk']],
    ['utf-8', 'UTF-8 BOM', ['ru', 'kk'], true],
    ['utf-16le', 'UTF-16LE', ['ru', 'kk']],
    ['utf-16le', 'UTF-16LE', ['ru', 'kk'], true],
    ['utf-16be', 'UTF-16BE', ['ru', 'kk']],
    ['utf-16be', 'UTF-16BE', ['ru', 'kk'], true],
    ['utf-32le', 'UTF-32LE', ['ru', 'kk']],
    ['utf-32le', 'UTF-32LE', ['ru', 'kk'], true],
    ['utf-32be', 'UTF-32BE', ['ru', 'kk']],
    ['utf-32be', 'UTF-32BE', ['ru', 'kk'], true],
    // Programs in Kazakhstan wrote Kazakh in these two of one byte; the others have no letters for it.
    ['rk1048', 'KZ-1048', ['kk']],
    ['pt154', 'PT154', ['kk']],
    ['windows-1251', 'Windows-1251', ['ru']],
    // Without Kazakh letters the bytes are those of Windows-1251, and so is the text.
    ['rk1048', 'Windows-1251', ['ru']],
    ['koi8-r', 'KOI8-R', ['ru']],
    ['koi8-u', 'KOI8-R', ['ru']],
    ['cp866', 'CP866', ['ru']],
    ['cp855', 'CP855', ['ru']],
    ['iso-8859-5', 'ISO-8859-5', ['ru']],
    // Most of its letters are those of Windows-1251: read, with a word that asks to look.
    ['maccyrillic', 'Mac Cyrillic', ['ru'], false, ['encoding-uncertain']],
  ])('%s is read as %s, in %j', (encoding, named, languages, marked, said) => {
    for (const lang of languages) {
      const text = lang === 'ru' ? RUSSIAN : KAZAKH
      // Signs that an alphabet has not, as a program that writes it leaves them out.
      const written = iconv.decode(iconv.encode(text, encoding), encoding).replaceAll('?', '')
      const bytes = iconv.encode(`${marked === true ? Reflect.get(MARK, encoding) : ''}${written}`, encoding, {
        addBOM: false,
      })
      const read = decodeText(bytes)
      expect([lang, read.encoding, read.messages.map(({ code }) => code)]).toEqual([lang, named, said ?? []])
      expect(read.text.replace(/^\u{FEFF}/u, '')).toBe(written)
    }
  })

  it.each([
    ['zeros', new Uint8Array(64)],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]),
    ],
  ])('%s are no text', (_, bytes) => {
    expect(() => decodeText(bytes)).toThrow(Refusal)
  })
})
