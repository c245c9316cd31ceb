/** Numerals of Russian in all their cases, and ordinals, as numbers: «двух рабочих дней» is to meet «2 дня». */

const CARDINALS: [number, string][] = [
  [0, 'ноль нуль нуля нулю нулем'],
  [1, 'один одна одно одного одной одному одним одном одну'],
  [2, 'два две двух двум двумя двое'],
  [3, 'три трех трем тремя трое троих'],
  [4, 'четыре четырех четырем четырьмя четверо'],
  [5, 'пять пяти пятью пятеро'],
  [6, 'шесть шести шестью'],
  [7, 'семь семи семью'],
  [8, 'восемь восьми восемью'],
  [9, 'девять девяти девятью'],
  [10, 'десять десяти десятью'],
  [11, 'одиннадцать одиннадцати одиннадцатью'],
  [12, 'двенадцать двенадцати двенадцатью'],
  [13, 'тринадцать тринадцати'],
  [14, 'четырнадцать четырнадцати'],
  [15, 'пятнадцать пятнадцати'],
  [16, 'шестнадцать шестнадцати'],
  [17, 'семнадцать семнадцати'],
  [18, 'восемнадцать восемнадцати'],
  [19, 'девятнадцать девятнадцати'],
  [20, 'двадцать двадцати двадцатью'],
  [30, 'тридцать тридцати тридцатью'],
  [40, 'сорок сорока'],
  [50, 'пятьдесят пятидесяти'],
  [60, 'шестьдесят шестидесяти'],
  [70, 'семьдесят семидесяти'],
  [80, 'восемьдесят восьмидесяти'],
  [90, 'девяносто девяноста'],
  [100, 'сто ста'],
  [200, 'двести двухсот'],
  [300, 'триста трехсот'],
  [400, 'четыреста четырехсот'],
  [500, 'пятьсот пятисот'],
  [600, 'шестьсот шестисот'],
  [700, 'семьсот семисот'],
  [800, 'восемьсот восьмисот'],
  [900, 'девятьсот девятисот'],
  [1000, 'тысяча тысячи тысяч тысячу тысяче'],
]

const ORDINALS: [number, string][] = [
  [1, 'перв'],
  [2, 'втор'],
  [4, 'четверт'],
  [5, 'пят'],
  [6, 'шест'],
  [7, 'седьм'],
  [8, 'восьм'],
  [9, 'девят'],
  [10, 'десят'],
  [11, 'одиннадцат'],
  [12, 'двенадцат'],
  [13, 'тринадцат'],
  [14, 'четырнадцат'],
  [15, 'пятнадцат'],
  [16, 'шестнадцат'],
  [17, 'семнадцат'],
  [18, 'восемнадцат'],
  [19, 'девятнадцат'],
  [20, 'двадцат'],
  [30, 'тридцат'],
  [40, 'сороков'],
]

const VALUES = new Map<string, number>()
for (const [value, forms] of CARDINALS) for (const form of forms.split(' ')) VALUES.set(form, value)
for (const [value, stem] of ORDINALS)
  for (const ending of ['ый', 'ой', 'ая', 'ое', 'ые', 'ого', 'ому', 'ым', 'ом', 'ую', 'ых', 'ыми'])
    VALUES.set(stem + ending, value)
for (const form of 'третий третья третье третьего третьему третьим третьем третью третьей третьи третьих'.split(' '))
  VALUES.set(form, 3)

/**
 * The number a run of words names: «двадцать пять» → 25, «сто тридцатого» → 130, «две тысячи пятьсот» → 2500.
 * @returns the value and how many of the words it took; null when the run does not begin with a numeral
 */
export const readNumberWords = (words: readonly string[]): { value: number; taken: number } | null => {
  const first = VALUES.get(words[0] ?? '')
  if (first === undefined) return null
  // Thousands counted so far, and the part below a thousand that is being read.
  let thousands = first === THOUSAND ? THOUSAND : 0
  let value = first === THOUSAND ? 0 : first
  let last = first
  let taken = 1
  for (const word of words.slice(1, LONGEST)) {
    const next = VALUES.get(word)
    if (next === undefined || next === 0) break
    if (next === THOUSAND) {
      if (thousands > 0 || value === 0) break
      thousands = value * THOUSAND
      value = 0
    } else {
      const fitsTens = last >= 20 && last < 100 && next < 10
      const fitsHundreds = last >= 100 && last < 1000 && next < 100
      if (last !== THOUSAND && !fitsTens && !fitsHundreds) break
      value += next
    }
    last = next
    taken += 1
  }
  return { value: thousands + value, taken }
}

const THOUSAND = 1000
/** «девятьсот девяносто девять тысяч девятьсот девяносто девять» */
const LONGEST = 8

const PREFIXES: [string, number][] = [
  ['одно', 1],
  ['двух', 2],
  ['трех', 3],
  ['четырех', 4],
  ['пяти', 5],
  ['шести', 6],
  ['семи', 7],
  ['восьми', 8],
  ['девяти', 9],
  ['десяти', 10],
  ['пятнадцати', 15],
  ['двадцати', 20],
  ['тридцати', 30],
]
const UNITS: [RegExp, string][] = [
  [/^дневн/u, 'день'],
  [/^часов/u, 'час'],
  [/^недельн/u, 'неделя'],
  [/^месячн/u, 'месяц'],
  [/^минутн/u, 'минута'],
  [/^секундн/u, 'секунда'],
  [/^суточн/u, 'сутки'],
  // The Rules print «пятибальной» with one л.
  [/^бал{1,2}ьн/u, 'балл'],
  [/^кратн/u, 'раз'],
]

/** What a compound adjective counts: «двухдневный» → 2 of «день», «пятибалльной» → 5 of «балл»; null for other words. */
export const readNumberAdjective = (word: string): { value: number; unit: string } | null => {
  for (const [prefix, value] of PREFIXES) {
    if (!word.startsWith(prefix)) continue
    const rest = word.slice(prefix.length)
    for (const [pattern, unit] of UNITS) if (pattern.test(rest)) return { value, unit }
  }
  return null
}
