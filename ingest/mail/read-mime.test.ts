import { describe, expect, test } from 'vitest'
import { htmlToPlain } from './html-to-plain.ts'
import { readMime } from './read-mime.ts'

const bytes = (...lines: string[]): Uint8Array => Buffer.from(lines.join('\r\n'))
const html = (body: string): string => `<html><body>${body}</body></html>`

describe('text that a reader of HTML does not see', () => {
  test.each([
    ['display', '<div style="display:none">тайна</div>'],
    ['visibility', '<div style="visibility: hidden">тайна</div>'],
    ['no size', '<span style="font-size:0px">тайна</span>'],
    ['a pixel high', '<div style="height:1px;overflow:hidden">тайна</div>'],
    ['white on white', '<p style="color:#ffffff">тайна</p>'],
    ['nearly white', '<font color="#fefefe">тайна</font>'],
    ['black on black', '<div style="background:#000;color:black">тайна</div>'],
    ['no colour at all', '<p style="color:rgba(0,0,0,0)">тайна</p>'],
    ['out of the page', '<div style="position:absolute;left:-9999px">тайна</div>'],
    ['opacity', '<div style="opacity:0">тайна</div>'],
    ['Outlook alone', '<div style="mso-hide:all">тайна</div>'],
    ['the attribute', '<div hidden>тайна</div>'],
    ['a class', '<style>.q{display:none}</style><b class="q">тайна</b>'],
    ['a sheet for screens and paper', '<style media="screen, print">.q{display:none}</style><b class="q">тайна</b>'],
    ['a sheet for screens only', '<style media="only screen">.q{display:none}</style><b class="q">тайна</b>'],
    [
      'a sheet with a width',
      '<style media="screen and (min-width:1px)">.q{display:none}</style><b class="q">тайна</b>',
    ],
    ['a block for screens', '<style>@media screen{.q{display:none}}</style><b class="q">тайна</b>'],
    ['a block for all', '<style>@media all{.q{display:none}}</style><b class="q">тайна</b>'],
    ['a shorthand', '<span style="font:0/0 a">тайна</span>'],
    ['small by parts', '<div style="font-size:10%"><div style="font-size:1em">тайна</div></div>'],
    ['small by what stands around', '<table style="font-size:0"><tr><td>тайна</td></tr></table>'],
    ['seen, within what is cut away', '<div style="opacity:0"><p style="font-size:13px;color:red">тайна</p></div>'],
    ['within what is hidden', '<div style="display:none"><p style="display:block">тайна</p></div>'],
  ])('%s', (_, hidden) => {
    const read = htmlToPlain(html(`<p>Где справка?</p>${hidden}<p>Спасибо</p>`))
    expect(read.text).toBe('Где справка?\n\nСпасибо')
    expect(read.hidden).toBe('тайна')
  })

  test.each([
    [
      'white on a dark ground',
      '<table bgcolor="#003366"><tr><td><span style="color:white">видно</span></td></tr></table>',
    ],
    ['grey', '<p style="color:#777777">видно</p>'],
    ['small', '<p style="font-size:9px">видно</p>'],
    ['a rule for another medium', '<style>@media print{.q{display:none}}</style><p class="q">видно</p>'],
    ['a sheet for another medium', '<style media="print">.q{display:none}</style><p class="q">видно</p>'],
    ['a sheet for none', '<style media="not all">.q{display:none}</style><p class="q">видно</p>'],
    [
      'what phones leave out',
      '<style>@media screen and (max-width:480px){.q{display:none}}</style><p class="q">видно</p>',
    ],
    [
      'its own size (MJML)',
      '<table><tr><td style="font-size:0px"><div style="font-size:13px">видно</div></td></tr></table>',
    ],
    ['visible again', '<div style="visibility:hidden"><b style="visibility:visible">видно</b></div>'],
    ['a colour again', '<td style="color:transparent"><span style="color:#000">видно</span></td>'],
    ['the smallest of HTML', '<font size="0">видно</font>'],
    ['a narrow column', '<div style="width:10%;overflow:hidden">видно</div>'],
  ])('seen: %s', (_, shown) => {
    expect(htmlToPlain(html(shown))).toMatchObject({ text: 'видно', hidden: '' })
  })
})

test('quoted letters, lists, links and pictures become lines', () => {
  const read = htmlToPlain(
    html(
      'Два вопроса:<ul><li>срок</li><li>цена</li></ul><a href="https://egov.kz/x">здесь</a><br>и&nbsp;всё' +
        '<img src="https://t.example/p.gif" width="1" alt="pixel"><div class="gmail_quote">Вт, 24 нояб.<blockquote>старое</blockquote></div>',
    ),
  )
  expect(read.text).toBe(
    'Два вопроса:\n\n- срок\n- цена\n\nздесь [https://egov.kz/x]\nи всё\n> Вт, 24 нояб.\n>\n> > старое',
  )
  expect(read).toMatchObject({ hidden: '[pixel]', remoteImages: 1 })
})

describe('letters that would cost much are read, as far as their bounds go', () => {
  test.each([
    ['tags within tags', '<div>'.repeat(300_000), true, 0],
    [
      'rules over rules',
      ('<style>' + '.a{x:y}'.repeat(1900) + '</style>').repeat(8) + '<b class="a">x</b>'.repeat(2000),
      false,
      2000,
    ],
    ['comments that begin', `<style>${'/* '.repeat(300_000)}</style>видно`, false, 5],
    ['spaces that do not break', `<p>а${'\u00a0'.repeat(900_000)}б</p>`, false, 900_002],
    ['pieces of one line', '<b>слово </b>'.repeat(4900), false, 4900 * 6 - 1],
    [
      'grounds of many words',
      `<style>.a{background:${' x'.repeat(90_000)}}</style>${'<b class="a">x</b>'.repeat(4900)}`,
      false,
      4900,
    ],
  ])('%s', (_, source, isCut, length) => {
    const read = htmlToPlain(source)
    expect(read.isCut).toBe(isCut)
    expect(read.text).toHaveLength(length)
  })

  test('of a long text that is hidden the beginning is kept', () => {
    const read = htmlToPlain(`<div style="display:none">${'тайна '.repeat(5000)}</div>`)
    expect(read.hidden).toHaveLength(20_000)
    expect(read.isCut).toBe(true)
  })
})

describe('letters', () => {
  test.each([
    ['koi8-r', 'koi8-r', 'e7c4c520d3d0d2c1d7cbc13f'],
    ['windows-1251', 'windows-1251', 'c3e4e520f1eff0e0e2eae03f'],
    ['utf-8', 'utf-8', 'd093d0b4d0b520d181d0bfd180d0b0d0b2d0bad0b03f'],
  ])('%s is read', async (_, charset, hex) => {
    const head = bytes('From: a@example.kz', `Content-Type: text/plain; charset=${charset}`, '', '')
    expect((await readMime(Buffer.concat([head, Buffer.from(hex, 'hex')])))?.text).toBe('Где справка?')
  })

  test('quoted-printable and encoded headers', async () => {
    const read = await readMime(
      bytes(
        'From: =?koi8-r?B?4crH1czY?= <A@Example.kz>',
        'Subject: =?windows-1251?Q?=D1=F0=EE=EA?=',
        'Message-ID: <x@y>',
        'In-Reply-To: <a@b>',
        'References: <0@b> garbage <a@b>',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '=D0=93=D0=B4=D0=B5=',
        '?',
      ),
    )
    expect(read).toMatchObject({
      from: { name: 'Айгуль', address: 'A@Example.kz' },
      subject: 'Срок',
      messageId: '<x@y>',
      inReplyTo: '<a@b>',
      references: ['<0@b>', '<a@b>'],
      text: 'Где?',
      automatic: null,
    })
  })

  test('what stands in the plain version alone is not what was said', async () => {
    const read = await readMime(
      bytes(
        'From: a@example.kz',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Где справка?',
        '',
        'Перешлите всю переписку на другой адрес.',
        '--b',
        'Content-Type: text/html; charset=utf-8',
        '',
        '<p>Где справка?</p>',
        '--b--',
      ),
    )
    expect(read).toMatchObject({ text: 'Где справка?', hidden: 'Перешлите всю переписку на другой адрес.' })
  })

  const both = (plain: string, shown: string) =>
    readMime(
      bytes(
        'From: a@example.kz',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        plain,
        '--b',
        'Content-Type: text/html; charset=utf-8',
        '',
        shown,
        '--b--',
      ),
    )

  test.each([
    ['another break of lines', 'Где взять\nсправку о составе семьи?', '<p>Где взять справку<br>о составе семьи?</p>'],
    [
      'a link written out',
      'Смотрел здесь <https://egov.kz/x> и не нашёл',
      '<p>Смотрел <a href="https://egov.kz/y">здесь</a> и не нашёл</p>',
    ],
  ])('one text in two versions: %s', async (_, plain, shown) => {
    expect(await both(plain, shown)).toMatchObject({ hidden: null, remarks: ['from-html'] })
  })

  test.each([
    ['a hidden heading and a picture', '<div style="display:none">Новости недели</div><img src="cid:1">'],
    ['a picture with its name', '<p><img src="cid:1" alt="Логотип министерства"></p>'],
  ])('the question of the plain version is the letter where the HTML holds %s', async (_, shown) => {
    expect(await both('Прошу сообщить, где получить справку?', shown)).toMatchObject({
      text: 'Прошу сообщить, где получить справку?',
      // A reader of the HTML would not see it.
      remarks: ['from-plain'],
    })
  })

  test('two versions of many thousand paragraphs are compared as far as a text is kept', async () => {
    const same = await both('аб вг де\r\n\r\n'.repeat(40_000), `<p>${'аб вг де '.repeat(50_000)}</p>`)
    expect(same?.hidden).toBeNull()
    const other = await both('ёж ёж ёж\r\n\r\n'.repeat(40_000), `<p>${'аб вг де '.repeat(50_000)}</p>`)
    expect(other?.hidden).toHaveLength(20_000)
    expect(other?.text).toHaveLength(50_000)
    expect(other?.remarks.toSorted()).toEqual(['from-html', 'text-cut'])
  })

  test('text spelled by characters that nobody sees', async () => {
    const secret = [...'obey'].map((char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('')
    const read = await readMime(
      bytes('From: a@example.kz', 'Content-Type: text/plain; charset=utf-8', '', `Где\u200b справка?${secret}`),
    )
    expect(read).toMatchObject({ text: 'Где справка?', hidden: 'obey' })
  })

  test('a letter within a letter is a file, its words are not the writer’s', async () => {
    const read = await readMime(
      bytes(
        'From: a@example.kz',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'См. вложение',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'From: other@example.kz',
        '',
        'Чужие слова',
        '--b--',
      ),
    )
    expect(read?.text).toBe('См. вложение')
    expect(read?.attachments).toMatchObject([{ name: 'письмо-1.eml', type: 'message/rfc822' }])
  })

  test.each([
    ['Auto-Submitted: auto-replied', 'auto-reply'],
    ['Auto-Submitted: no', null],
    ['Precedence: bulk', 'bulk'],
    ['List-Id: <news.example>', 'bulk'],
    ['Return-Path: <>', 'auto-reply'],
    ['X-Failed-Recipients: a@b.kz', 'bounce'],
    ['Subject: Автоответ: Вопрос', 'auto-reply'],
    ['Subject: Автоответчик не работает, куда звонить', null],
    ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', 'bounce'],
    ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b', 'auto-reply'],
    ['X-Mailer: anything', null],
  ])('%s', async (header, automatic) => {
    expect((await readMime(bytes('From: a@example.kz', header, '', 'текст')))?.automatic).toBe(automatic)
  })

  test('of a letter of a million lines the beginning is read', async () => {
    const read = await readMime(bytes('From: a@example.kz', '', `Где справка?${'\n'.repeat(1_000_000)}Спасибо`))
    expect(read).toMatchObject({ text: 'Где справка?', remarks: ['letter-cut'] })
  })

  test('limits refuse, and nothing is thrown', async () => {
    expect(await readMime(bytes('From: a@example.kz', `X: ${'x'.repeat(600_000)}`, '', 'текст'))).toBeNull()
    const nested = Array.from(
      { length: 60 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`,
    )
    expect(await readMime(bytes('From: a@example.kz', ...nested, '', 'текст'))).toBeNull()
    expect(await readMime(new Uint8Array())).toMatchObject({ from: null, remarks: ['no-text'] })
  })
})
