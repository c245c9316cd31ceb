/**
 * Words that an action hangs on, with their settled translation: where one text of a provision has the word, the other must.
 * Only words with a fixed counterpart in official texts stand here, so that its absence tells something.
 */
export interface Counterpart {
  id: string
  /** The word itself; null where this language's word means other things too, so that its presence proves nothing. */
  ru: RegExp | null
  kk: RegExp | null
  /** All that may stand for it in a faithful translation. */
  ruAny: RegExp
  kkAny: RegExp
  /** Says something in blanks alone, where it is what may be left empty. */
  onlyInForms?: true
}

const pattern = (source: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${source})`, 'u')

const word = (
  id: string,
  ru: string | null,
  kk: string | null,
  also: { ru?: string; kk?: string } = {},
): Counterpart => ({
  id,
  ru: ru === null ? null : pattern(ru),
  kk: kk === null ? null : pattern(kk),
  ruAny: pattern([ru, also.ru].filter((one) => one != null).join('|')),
  kkAny: pattern([kk, also.kk].filter((one) => one != null).join('|')),
})

/** Who acts, on what, in which form, when: in lower case, look-alike letters folded. */
export const COUNTERPARTS: readonly Counterpart[] = [
  word('provider', 'услугодател', 'көрсетілетін қызметті беруш', {
    kk: 'қызметт?(?:ер)?(?:ді|і) бер|қызмет беруш|қызмет көрсетуш',
  }),
  word('recipient', 'услугополучател', 'көрсетілетін қызметті алуш', {
    ru: 'заявител|обративш|претенд',
    kk: 'қызметт?і ал|қызмет алуш|өтініш беруш|үміткер',
  }),
  word('pledgee', 'залогодержател', 'кепіл ұстауш', { kk: 'кепілді? ?ұстауш' }),
  word('pledgor', 'залогодател', 'кепіл беруш', { kk: 'кепілді? ?беруш' }),
  word('movable', 'движим', 'жылжымалы'),
  word('immovable', 'недвижим', 'жылжымайтын'),
  word('paper', 'бумажн', 'қағаз', { ru: 'на бумаге|бумаг' }),
  word('branch', 'филиал', 'филиал'),
  word('representative-office', 'представительств', null, { kk: 'өкілді' }),
  word('mobile-application', String.raw`мобильн\p{L}* приложени`, String.raw`мобильд[іи]\p{L}* қосымша`),
  word('power-of-attorney', 'доверенност', 'сенімхат'),
  word('photograph', 'фотограф', 'фотосурет', { ru: 'фото', kk: 'фото' }),
  word('free-of-charge', 'бесплатн|безвозмездн', null, { kk: 'тегін|өтеусіз|ақысыз' }),
  word('notification', 'уведомлени', 'хабарлама', { ru: 'уведомл|извещ|сообщ|информир', kk: 'хабар' }),
  word('complaint', 'жалоб', 'шағым', { ru: 'обжалов|апелляц', kk: 'апелляц' }),
  word('court', String.raw`суд(?:а|у|ом|ы|е)?(?!\p{L})`, String.raw`сот(?:қа|тың|та|тан)?(?!\p{L})`, {
    ru: 'судеб|судам',
    kk: 'сот',
  }),
  word('bailiff', String.raw`судебн\p{L}* исполнител`, 'сот орындауш'),
  word('prosecutor', 'прокур', 'прокур'),
  word('notary', 'нотари', 'нотари'),
  word('advocate', 'адвокат', 'адвокат', { kk: 'қорғауш' }),
  word('licence', 'лиценз', 'лиценз'),
  word('condominium', 'кондоминиум', 'кондоминиум'),
  word('servitude', 'сервитут', 'сервитут'),
  word('spouse', 'супруг', 'жұбай', { kk: 'зайып|ерлі' }),
  word('contact-data', String.raw`контактн\p{L}* данн`, null, {
    kk: String.raw`байланыс\p{L}*\s+(?:дерек|мәлімет|ақпарат|телефон)`,
  }),
  word('official', String.raw`должностн\p{L}* лиц`, String.raw`лауазымды (?:адам|тұлға)`, {
    ru: 'должностн',
    kk: 'лауазымды',
  }),
  word('collegium', 'коллеги', String.raw`алқа(?:сы|лар|ның|да|ға|$|(?!\p{L}))`, { ru: 'палат', kk: 'алқа' }),
  word('other', null, 'өзге де', {
    ru: String.raw`(?:ин(?:ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)|друг\p{L}+|проч\p{L}+)(?!\p{L})`,
  }),
  word('returned', String.raw`возвращ|возврат`, String.raw`қайтарылады|қайтарып|қайтару`, { kk: 'қайтар' }),
  word('sheets', String.raw`листов(?!\p{L})`, null, { kk: 'парақ|бет' }),
  word('written', String.raw`письменн`, 'жазбаша', { ru: 'переписк', kk: 'жазба' }),
  word('electronic-document', String.raw`электронн\p{L}* документ`, String.raw`электронд\p{L}* құжат`),
  word('contract', 'договор', null, { kk: 'шарт|келісімшарт' }),
  word('if-any', String.raw`при (?:его |ее |их )?наличии`, null, { kk: 'бол|бар ' }),
  word('around-the-clock', 'круглосуточн', 'тәулік бойы', { kk: 'тәулі' }),
  word('lunch', 'обед', 'түскі'),
  word('holiday', 'праздничн', 'мереке', { kk: 'мейрам' }),
  word('monday', 'понедельник', 'дүйсенбі'),
  word('friday', 'пятниц', 'жұма(?!б)'),
  word('saturday', 'суббот', 'сенбі'),
  word('sunday', 'воскресень', 'жексенбі'),
  word('foreign', 'иностран', 'шетел', { ru: 'загран|зарубеж' }),
  word('minor', 'несовершеннолетн', 'кәмелет', { ru: 'совершеннолет' }),
  word('digital-document', String.raw`цифров\p{L}* документ`, 'цифрлық құжат'),
  word('one-time-password', 'одноразов', 'бір реттік', { kk: 'бір рет|біррет' }),
  // Deciding, approving and drawing up are different acts of different bodies. «Бекітілсін» alone is an order's own word.
  word('approve', String.raw`утвержда(?:ет|ют)`, String.raw`бекіт(?:еді|іледі)`, { ru: 'утвержд|утверд', kk: 'бекіт' }),
  word('draw-up', String.raw`с?формиру`, 'қалыптастыр', { ru: 'формир', kk: 'қалыптас' }),
  word('decision', 'решени', 'шешім', { ru: 'реш', kk: 'шеш' }),
  // Not «үкімет», the government.
  word('verdict', 'приговор', 'үкім(?!ет)'),
  // «Согласно» is no consent.
  word('consent', 'согласи', null, { ru: 'соглас(?!но)|соглаш', kk: 'келіс' }),
  word('commission', 'комисси', 'комиссия'),
  word('diploma', 'диплом', 'диплом'),
  word('copy', 'копи', 'көшірме'),
  // Of a field; a patronymic that not everybody has is another matter.
  {
    id: 'field-if-any',
    ru: /(?<!(?:отчеств\p{L}*|имен\p{L}*|ф\.? ?и\.? ?о\.?)\s*)\(при (?:их |ее )?наличии\)/u,
    kk: /(?<!(?:әкесінің аты\p{L}*|атының|т\.? ?а\.? ?ә\.?)\s*)\((?:бар |ол )?бол(?:ған (?:жағдайда|кезде)|са)\)/u,
    ruAny: /\(при (?:их |ее )?наличии\)/u,
    kkAny: /(?<!(?:әкесінің аты\p{L}*|атының|т\.? ?а\.? ?ә\.?)\s*)\((?:бар |ол )?бол(?:ған (?:жағдайда|кезде)|са)\)/u,
    onlyInForms: true,
  },
]

/**
 * Members of an enumeration that nothing shorter stands for: where one text names the pair more often than the other, a member is
 * missing from a list.
 */
export const COUNTED: readonly Counterpart[] = [
  word(
    'branch-and-office',
    String.raw`филиал\p{L}*,?\s+(?:и\s+|или\s+|\()?представительств`,
    String.raw`филиал\p{L}*,?\s+(?:мен\s+|және\s+|немесе\s+|\()?өкілді`,
  ),
]

const byId = new Map(COUNTERPARTS.map((one) => [one.id, one]))

/** Words of which one stands where the other belongs, when two texts have as many of both and not as many of each. */
export const OPPOSITES: readonly (readonly [Counterpart, Counterpart])[] = [
  ['provider', 'recipient'],
  ['pledgee', 'pledgor'],
  ['movable', 'immovable'],
].flatMap(([one = '', other = '']) => {
  const [first, second] = [byId.get(one), byId.get(other)]
  return first === undefined || second === undefined ? [] : [[first, second] as const]
})
