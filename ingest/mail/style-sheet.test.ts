import { describe, expect, test } from 'vitest'
import { createStyleSheet, MOST_COMPARISONS, MOST_RULES } from './style-sheet.ts'

const element = (classes: string, tag = 'td', id: string | null = null) => ({ tag, id, classes })

describe('what rules say of an element', () => {
  test.each([
    ['a class', '.a{display:none}', element('b a'), { display: 'none' }],
    ['a class of another tag', 'p.a{display:none}', element('a'), {}],
    ['two classes, of which it has one', '.a.b{display:none}', element('a'), {}],
    ['an id', '#x{display:none}', element('', 'p', 'x'), { display: 'none' }],
    ['the later rule', '.a{display:none}.b{display:block}', element('a b'), { display: 'block' }],
    [
      'the later rule, between two of one selector',
      '.a{color:red}.b{color:blue}.a{top:0}',
      element('a b'),
      {
        color: 'blue',
        top: '0',
      },
    ],
    ['the more particular rule', 'td.a{display:none}.a{display:block}', element('a'), { display: 'none' }],
    [
      'rules after a block for another medium',
      '@media print{.a{display:none}.b{top:0}}.b{left:0}',
      element('a b'),
      {
        left: '0',
      },
    ],
    ['a block for screens', '@media screen{.a{display:none}}', element('a'), { display: 'none' }],
    ['a block for all', '@MEDIA all {.a{display:none}}', element('a'), { display: 'none' }],
    ['a block for print and screens', '@media print, only screen{.a{display:none}}', element('a'), { display: 'none' }],
    ['a block with a width', '@media(min-width:1px){.a{display:none}}', element('a'), { display: 'none' }],
    ['a block for phones', '@media screen and (max-width:480px){.a{display:none}}', element('a'), {}],
    [
      'a block for wide screens, that shows again',
      '.a{display:none}@media (min-width:600px){.a{display:block}}.b{left:0}',
      element('a b'),
      { display: 'block', left: '0' },
    ],
    ['blocks in a block', '@media all{@media screen{.a{left:0}}@media print{.a{top:0}}}', element('a'), { left: '0' }],
    ['a block that is never closed', '@media screen{.a{display:none', element('a'), { display: 'none' }],
    ['a layer', '@layer x{.a{display:none}}', element('a'), { display: 'none' }],
    ['what programs can do', '@supports (display:block){.a{display:none}}', element('a'), { display: 'none' }],
    ['what they cannot', '@supports not (display:block){.a{display:none}}', element('a'), {}],
    ['a block of another kind', '@font-face{top:0}@keyframes a{from{top:0}}.a{left:0}', element('a'), { left: '0' }],
    ['a rule after a statement', '@import url(x.css); .a{top:0}', element('a'), { top: '0' }],
    ['a rule that is never closed', '.a{display:none', element('a'), { display: 'none' }],
    ['a comment', '/* } .a{top:0} */.a{left:0}/* .a{top:0}', element('a'), { left: '0' }],
    ['combinators', 'div .a{display:none}', element('a'), {}],
  ])('%s', (_, css, of, style) => {
    expect(Object.fromEntries(createStyleSheet([css]).styleOf(of))).toEqual(style)
  })
})

describe('what a letter may spend', () => {
  test('the same rule again and again is one rule, held against the same element once', () => {
    const sheet = createStyleSheet(Array<string>(8).fill('.a{display:none}'.repeat(1900)))
    for (let count = 0; count < 2000; count += 1) expect(sheet.styleOf(element('a', 'b')).get('display')).toBe('none')
    expect(sheet.spent()).toEqual({ rules: 1, comparisons: 1 })
    expect(sheet.isCut()).toBe(false)
  })

  test('rules are bounded over all style sheets', () => {
    const css = (from: number) => Array.from({ length: 1500 }, (_, at) => `.m${from + at}{color:red}`).join('')
    const sheet = createStyleSheet([css(0), css(1500)])
    expect(sheet.spent().rules).toBe(MOST_RULES)
    expect(sheet.isCut()).toBe(true)
  })

  test('comparisons are bounded over all elements', () => {
    const sheet = createStyleSheet([Array.from({ length: 2000 }, (_, at) => `.a.b${at}{color:red}`).join('')])
    for (let count = 0; count < 3000; count += 1) sheet.styleOf(element(`a b${count}`))
    expect(sheet.spent().comparisons).toBe(MOST_COMPARISONS)
    expect(sheet.isCut()).toBe(true)
  })
})
