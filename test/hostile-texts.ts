/** Characters of a letter that are kept. */
const LONGEST = 50_000

const filled = (piece: string, before = '', after = ''): string =>
  before + piece.repeat(Math.floor((LONGEST - before.length - after.length) / piece.length)) + after

/** Texts at the bound of a letter, each of which makes a pattern with repeats that have no bound take minutes. */
export const HOSTILE_TEXTS: readonly [name: string, text: string][] = [
  ['spaces', filled(' ')],
  ['spaces between two sentences', filled(' ', 'Где справка?', 'Спасибо')],
  ['blank lines', filled('\n', 'Где справка?', 'Спасибо')],
  ['tabs and line ends', filled(' \t\r\n', 'меня зовут', 'айгуль')],
  ['spaces behind a word of names', filled(' ', 'ФИО:', 'Сериков Болат')],
  ['spaces behind numerals', filled(' ', 'один два три четыре', 'рублей')],
  ['spaces behind a number', filled(' ', 'запишите 870112', '34')],
  ['one word in small letters', filled('а')],
  ['one word in capitals', filled('А')],
  ['one Latin word', filled('a')],
  ['one word behind «аты-жөні»', filled('ә', 'Аты-жөні')],
  ['one word that begins like a numeral', filled('а', 'один один один один ', 'надцать')],
  ['hyphens within a word', filled('Аа-')],
  ['apostrophes within a word', filled('а’')],
  ['digits', filled('1')],
  ['digits with spaces, and a sum', filled('1 ', '', 'тенге')],
  ['digits with hyphens', filled('1-')],
  ['digits, commas and points', filled('1, 2. ')],
  ['dots', filled('.')],
  ['letters with dots', filled('а.')],
  ['@ signs', filled('@')],
  ['letters with @ signs', filled('а@')],
  ['a mailbox without an end', filled('a.', 'a@')],
  ['hyphens', filled('-')],
  ['brackets', filled('[')],
  ['words of two letters', filled('аб ')],
  ['words with capitals', filled('Аб ')],
  ['initials', filled('А. ')],
  ['introductions', filled('меня зовут ')],
  ['«я,»', filled('Я, ')],
  ['numerals', filled('один ')],
  ['four numerals and a word', filled('один два три четыре да ')],
  ['words before numbers', filled('номер ')],
  ['accounts that are none', filled('KZ12 A1 ')],
  ['phones', filled('7011234567 ')],
  ['mailboxes', filled('а@b.kz ')],
  ['names', filled('Иванов Иван Иванович ')],
  ['placeholders that somebody wrote', filled('[имя-1] А. Б. Серикова [имя-2] ')],
  ['different mailboxes', Array.from({ length: 5000 }, (_, at) => `a${at}@b.kz`).join(' ')],
  ['placeholders that are masked already', filled('[номер] 1 ')],
]
