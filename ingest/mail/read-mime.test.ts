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

test('a letter of tags within tags costs little', () => {
  expect(htmlToPlain('<div>'.repeat(300_000)).isCut).toBe(true)
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
