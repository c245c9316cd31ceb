import { describe, expect, it } from 'vitest'
import { zipOf } from '#ingest/services/fixtures/make-files.ts'
import { parseSource } from '../parse-source.ts'
import { documentHtml } from './document-html.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const documentOf = (body: string, more: { name: string; data: string }[] = []): Uint8Array =>
  zipOf([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: 'word/document.xml', data: `<w:document ${W}><w:body>${body}</w:body></w:document>` },
    ...more,
  ])
const p = (text: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const item = (text: string, level = 0, list = 1): string =>
  p(text, `<w:numPr><w:ilvl w:val="${String(level)}"/><w:numId w:val="${String(list)}"/></w:numPr>`)
const NUMBERING = {
  name: 'word/numbering.xml',
  data: `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`,
}
const words = (html: string | null): string[] =>
  (html ?? '')
    .split('\n')
    .filter((line) => /^<(?:p|h\d)/.test(line))
    .map((line) => line.replace(/<br>/g, ' | ').replace(/<[^>]*>/g, ''))

describe('a document of Word', () => {
  it('automatic numbers are written out and told, paragraph by paragraph', async () => {
    const { html, messages } = await documentHtml(
      documentOf(
        item('Служба отвечает:') +
          item('ночью;', 1) +
          item('днем.', 1) +
          item('Служба бесплатна:') +
          item('всегда.', 1) +
          item('черта', 2) +
          item('С седьмого.', 0, 2) +
          item('3) Номер набран.', 1),
        [NUMBERING],
      ),
    )
    expect(words(html)).toEqual([
      '1. Служба отвечает:',
      '1) ночью;',
      '2) днем.',
      '2. Служба бесплатна:',
      '1) всегда.',
      'черта',
      '7. С седьмого.',
      '3) Номер набран.',
    ])
    expect(messages.map(({ rule, severity, place }) => `${String(place.start.line)} ${severity} ${rule}`)).toEqual([
      ...[1, 2, 3, 4, 5, 7].map((line) => `${String(line)} info list-number-computed`),
      '8 warning list-number-computed',
    ])
  })

  it('footnotes, text boxes and hyperlinks are read; deletions, hidden text, comments and footers are left out and kept', async () => {
    const run = (text: string, look = ''): string => `<w:r><w:rPr>${look}</w:rPr><w:t>${text}</w:t></w:r>`
    const { html } = await documentHtml(
      documentOf(
        `<w:p>${run('Служба')}<w:r><w:footnoteReference w:id="2"/></w:r><w:del>${run('удалено').replace('w:t>', 'w:delText>').replace('/w:t>', '/w:delText>')}</w:del>${run('скрыто', '<w:vanish/>')}<w:hyperlink r:id="r1">${run('ссылка')}</w:hyperlink><w:r><w:pict><w:txbxContent>${p('В рамке')}</w:txbxContent></w:pict></w:r></w:p>${p('Дальше')}`,
        [
          {
            name: 'word/footnotes.xml',
            data: `<w:footnotes ${W}><w:footnote w:type="separator" w:id="0">${p('---')}</w:footnote><w:footnote w:id="2">${p('Из примечания')}</w:footnote></w:footnotes>`,
          },
          {
            name: 'word/comments.xml',
            data: `<w:comments ${W}><w:comment w:id="1">${p('Проверить!')}</w:comment></w:comments>`,
          },
          { name: 'word/footer1.xml', data: `<w:ftr ${W}>${p('Страница 1')}</w:ftr>` },
          {
            name: 'word/_rels/document.xml.rels',
            data: '<Relationships><Relationship Id="r1" Type="x/hyperlink" Target="https://egov.kz/?a=1&amp;b=2"/></Relationships>',
          },
        ],
      ),
    )
    const text = html ?? ''
    expect(text).toContain('<a href="https://egov.kz/?a=1&amp;b=2">ссылка</a>')
    expect(text).toContain('<span class="left-out deleted">удалено</span>')
    expect(text).toContain('<span class="left-out hidden">скрыто</span>')
    expect(text).toContain('class="footnote">Из примечания')
    expect(text).toContain('В рамке')
    expect(text).toMatch(/left-out hidden">Проверить!/)
    expect(text).toMatch(/left-out furniture">Страница 1/)
    expect(text).not.toContain('---')
  })

  it('messages name the paragraph', async () => {
    const { html } = await documentHtml(
      documentOf(p('Об утверждении Правил') + p('1. Первый.') + p('1. Снова первый.')),
    )
    const { act, messages } = parseSource({ name: 'act.docx', text: html ?? '' })
    expect(act).toBeNull()
    expect(messages.find(({ rule }) => rule === 'point-repeated')).toMatchObject({
      text: expect.stringMatching(/^Абзац 3: /),
      place: { start: { line: 3, column: 1 } },
    })
  })
})

describe('a document that cannot be read is refused, and says why', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['no archive', () => new TextEncoder().encode('Приказ'), 'zip-broken'],
    [
      'an old or encrypted document',
      () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'format-old',
    ],
    ['an archive of something else', () => zipOf([{ name: 'a.txt', data: 'a' }]), 'part-missing'],
    ['macros', () => documentOf(p('Текст'), [{ name: 'word/vbaProject.bin', data: 'x' }]), 'macros'],
    ['broken XML', () => documentOf('<w:p><w:r>'), 'xml-broken'],
    [
      'declarations',
      () => zipOf([{ name: 'word/document.xml', data: '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>' }]),
      'xml-declarations',
    ],
    ['a bomb', () => documentOf(p('0'.repeat(70 * 1024 * 1024))), 'zip-bomb'],
    [
      'a stated size that lies',
      () => zipOf([{ name: 'word/document.xml', data: 'x'.repeat(100_000), statedSize: 10 }]),
      'zip-broken',
    ],
    ['too deep', () => documentOf('<w:sdt>'.repeat(300)), 'xml-deep'],
    ['too many paragraphs', () => documentOf('<w:p/>'.repeat(60_001)), 'too-much-text'],
  ])('%s', async (_, make, rule) => {
    const { html, messages } = await documentHtml(make())
    expect(html).toBeNull()
    expect(messages.map((one) => `${one.severity} ${one.rule}`)).toEqual([`error ${rule}`])
  })
})
