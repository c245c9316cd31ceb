import { describe, expect, it } from 'vitest'
import { readShiftedNumber, readShiftedSigns } from './read-shifted-number.ts'

const knows = (word: string): boolean => ['дневный', 'летний'].includes(word)

describe('a number typed with the Kazakh layout on', () => {
  // What the keys of the Russian layout give there, written down from the keyboard.
  it.each([
    ['ғ', '5'],
    ['әі', '23'],
    ['ңҚ', '4)'],
    ['әқәң', '2024'],
    ['әң№қ.№әқәң', '24.07.2024'],
    ['і,ү/НҚ', '368/НҚ'],
    ['әң?', '24,'],
    ['ә,', '26'],
    ['і.', '37'],
    ['ғөдневный', '5-дневный'],
    ['ғөй', '5-й'],
    ['"ғөлетний', '15-летний'],
  ])('«%s» is «%s»', (typed, meant) => {
    expect(readShiftedNumber(typed, knows)).toBe(meant)
  })

  it.each([
    // Kazakh words that have nothing but such letters, or begin with one.
    'өң',
    'өңі',
    'құқық',
    'үй',
    'іс',
    'әке',
    'ұйым',
    'ғимарат',
    'өтініш',
    'әр',
    'іні',
    'ұл',
    'үн',
    'құқы',
    'ғой',
    'үшін',
    'әлі',
    'өз',
    // Abbreviations: қала, ғасыр, ғасырлар, initials.
    'қ',
    'қ.',
    'қ.,',
    'ғ.',
    'ғғ.',
    'ғғ,',
    'ғ.ғ.',
    // Roman numbers.
    'ІІІ.',
    'ІІ',
    'Ә.',
    'Қ.',
    // With a hyphen: no Russian word is behind it.
    'ғөт',
    'әіөбұйрық',
    // Figures that came out right.
    '5',
    '368/НҚ',
    '5-қосымша',
    'дней',
    '',
  ])('«%s» is none', (typed) => {
    expect(readShiftedNumber(typed, knows)).toBeNull()
  })

  it.each([
    ['".', '17'],
    ['....', '7777'],
    [',', '6'],
    ['ғ', null],
    ['?', null],
  ])('«%s», signs alone, is %s', (typed, meant) => {
    expect(readShiftedSigns(typed)).toBe(meant)
  })
})
