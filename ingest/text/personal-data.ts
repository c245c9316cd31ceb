/** What kind of personal data stands behind a placeholder. */
export type PersonalDataKind = 'iin' | 'phone' | 'card' | 'account' | 'document' | 'email' | 'name'

export interface MaskedText {
  /** The text with a placeholder for each piece of personal data; the same piece has the same placeholder. */
  text: string
  found: { kind: PersonalDataKind; placeholder: string; original: string }[]
}

const NAMES: Record<PersonalDataKind, string> = {
  iin: 'ИИН',
  phone: 'телефон',
  card: 'карта',
  account: 'счёт',
  document: 'документ',
  email: 'почта',
  name: 'имя',
}

const digitsOf = (text: string): string => text.replaceAll(/\D/gu, '')

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11

const isDate = (yymmdd: string): boolean => {
  const month = Number(yymmdd.slice(2, 4))
  const day = Number(yymmdd.slice(4, 6))
  return month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31)
}

/**
 * True for an individual identification number of Kazakhstan: a day of birth, a digit of century and sex, and the check digit.
 * A business number (БИН) has no such day and is public.
 * Numbers are those of the Law No. 223-III of 12.01.2007 on national registers of identification numbers.
 */
export const isIin = (digits: string): boolean => {
  if (!/^\d{12}$/u.test(digits) || !isDate(digits.slice(0, 6)) || !/^[0-6]$/u.test(digits[6] ?? '')) return false
  const values = [...digits].map(Number)
  let check = weighted(values, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  if (check === 10) check = weighted(values, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])
  return check === values[11]
}

/** Luhn's check of payment cards (ISO/IEC 7812). */
export const isCard = (digits: string): boolean => {
  if (!/^[2-6]\d{12,18}$/u.test(digits)) return false
  const sum = [...digits].toReversed().reduce((total, char, at) => {
    const value = Number(char) * (at % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Check of an IBAN of Kazakhstan (ISO 13616): KZ, two digits, three of the bank, thirteen of the account. */
const isAccount = (text: string): boolean => {
  const iban = text.replaceAll(/[\s-]/gu, '').toUpperCase().replace(/^[КҚ]/u, 'K')
  if (!/^KZ\d{5}[A-Z\d]{13}$/u.test(iban)) return false
  const numbers = [...(iban.slice(4) + iban.slice(0, 4))].map((char) => String(Number.parseInt(char, 36))).join('')
  return BigInt(numbers) % 97n === 1n
}

/** What stands before the @ (RFC 5321, 4.5.3.1.1). Of what is longer the end is taken. */
const LOCAL_PART = String.raw`[\p{L}\d._%+-]{1,64}`
/** Mailboxes of an office (RFC 2142 and what offices here call them): nobody's own. */
const OFFICE =
  /^(?:info|support|help|helpdesk|press|office|kanc|kense|reception|priem|qabyldau|contact|contacts|mail|admin|noreply|no-reply|hotline|call|callcenter|service)$/iu

/** Behind «№» or «рег. номер» stands the number of a document, not of a person. */
const NUMBERED =
  /(?:№|N|(?:номер|рег\.?|регистрационн\p{L}*|приказ\p{L}*|обращени\p{L}*|заявк\p{L}*|өтініш\p{L}*|тіркеу|нөмірі|бұйрық\p{L}*|бин|бсн)\s*(?:№|номер\p{L}*|нөмірі)?)\s*:?\s*$/iu
/** … except where the word before says that it is a person's. */
const PERSONS_PHONE =
  /(?:телефон\p{L}*|тел\.?|моб\p{L}*|сотов\p{L}*|звон\p{L}*|whatsapp|ватсап\p{L}*|қоңырау)\s*(?:номер\p{L}*|нөмірі\p{L}*|№)?\s*:?\s*$/iu
/** A phone stands behind «номер» too; behind «№» or «номер заявки» it is none. */
const isDocuments = (before: string): boolean =>
  NUMBERED.test(before) &&
  !PERSONS_PHONE.test(before) &&
  !/(?:^|[^\p{L}])(?:номер|нөмірі?м?)\p{L}*\s*:?\s*$/iu.test(before)
const IIN_WORD = /(?<!\p{L})(?:иин|жсн|iin)(?:-?\p{L}{0,4})\s*(?:номер\p{L}{0,3}|нөмірі\p{L}{0,4})?\s*[:№=-]{0,2}\s*$/iu
/** «ИИН/БИН»: a person's or a business's; its own digits tell. */
const EITHER_WORD = /(?:иин|жсн)\s?[/(]\s?(?:бин|бсн)\)?\s*[:№=-]{0,2}\s*$/iu
const CARD_WORD =
  /(?<!\p{L})(?:карт(?:а|ы|е|у|ой|очк\p{L}{1,3}|амыз|ам|аның|асы\p{L}{0,3})?|visa|mastercard|kaspi(?:\s+gold)?|каспи(?:\s+голд)?)\s*(?:№|номер\p{L}{0,3}|нөмірі\p{L}{0,4})?\s*[:№=-]{0,2}\s*$/iu
const ACCOUNT_WORD =
  /(?<!\p{L})(?:сч[её]т(?:а|у|е|ом)?|шот\p{L}{0,6}|иик|жск|iban|реквизит\p{L}{0,3})\s*(?:№|номер\p{L}{0,3}|нөмірі\p{L}{0,4})?\s*[:№=-]{0,2}\s*$/iu
/** A number behind these is a phone, however few digits it has … */
const PHONE_SAID =
  /(?<!\p{L})(?:тел\.|тел\.?\s?:|телефон\p{L}{0,6}\s*(?::|№|номер\p{L}{0,3}|нөмірі\p{L}{0,4})|(?:номер|нөмірі)\p{L}{0,3}\s+телефон\p{L}{0,3}|моб\p{L}{0,8}\.?|сот\p{L}{0,4}\.?|ұялы\p{L}{0,5}|whats\s?app|ватсап\p{L}{0,3}|телефоным)\s*[:№=-]{0,2}\s*$/iu
/** … and behind these where it is written like one. */
const PHONE_NAMED = /(?<!\p{L})(?:тел|телефон\p{L}{0,6})\s*[=-]?\s*$/iu
/** «8 800 …» and short numbers are an office's. */
const isOffices = (digits: string): boolean => /^(?:7|8)800/u.test(digits) || digits.length < 5

const DOCUMENT_WORD =
  /(?:удостоверени\p{L}*(?:\s+личности)?|паспорт\p{L}*|жеке\s+куәлі\p{L}*|куәлі\p{L}*|уд\.?\s?л\p{L}*)\s*(?:№|номер\p{L}*|нөмірі)?\s*:?\s*$/iu

/** Between words of a name. Whatever repeats has a bound here: two repeats without one beside each other cost the square of a page of spaces. */
const GAP = String.raw`\s{1,10}`
const NAME_WORD = String.raw`\p{Lu}[\p{L}'’-]{1,40}`
const INITIALS = String.raw`\p{Lu}\.\s?(?:\p{Lu}\.)?`
const FULL_NAME = String.raw`(?:${NAME_WORD}|${INITIALS})(?:${GAP}(?:${NAME_WORD}|${INITIALS})){0,3}`
const PATRONYMIC = String.raw`\p{Lu}\p{L}{1,30}(?:ович|евич|ич|овн|евн|ичн|ұлы|қызы|улы|кызы)(?:а|у|ем|ы|е|ой|ю|ң|на|не|н|ға|ге|ның|нің|мен)?`

const ONE_INITIAL = String.raw`\p{Lu}\.\s?`
/** Endings of surnames, in the cases in which they are written. */
const SURNAME = String.raw`\p{Lu}\p{Ll}{1,30}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е|ой)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ую|ой)|(?:енко|чук|дзе|швили|ян)|(?:ұлы|қызы|улы|кызы|баев|беков)(?:а|у|ым|е|ой)?)`
/** The same in any case of letters, as people type and recognisers write. */
const ANY_SURNAME = String.raw`\p{L}{2,30}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|е|ой)?|(?:ск|цк)(?:ий|ая|ого|ому|им|ую|ой)|(?:енко|чук|дзе|швили|ян))`
/**
 * Words of the language that end like patronymics. Those of the first list may have anything before them («полнокровной», «межсословный»); before those of
 * the second stand names too («Хасановна», «Тимуровна», «Петровна»).
 */
const STEMS =
  'дневн|головн|уголовн|условн|безусловн|словн|кровн|душевн|любовн|основн|готовн|духовн|церковн|греховн|верховн|плачевн|посевн|чиновн|обновн'
const WHOLE_STEMS =
  '(?:не)?виновн|(?:не|по)?ровн|(?:на|рас)певн|сановн|сыновн|уровн|часовн|жаровн|гневн|древн|деревн|бревн|харчевн|кочевн|царевн|королевн'
const NO_PATRONYMIC = String.raw`(?:(?:\p{L}{0,20}(?:${STEMS})|${WHOLE_STEMS})\p{L}{1,2}|(?:цар|корол|новод)евич|(?:айып|өсім|жарна|кепіл)пұлы)`
const ANY_PATRONYMIC = String.raw`(?!${NO_PATRONYMIC}(?!\p{L}))(?:\p{L}{2,30}(?:[оеё]вич(?:а|у|ем|е)?|[оеё]вн(?:а|ы|е|у|ой)|(?:ұлы|қызы|кызы)(?:н|на|ның|нан|ға|мен)?)|(?:иль|кузьм|никит|лук|фом)(?:ич(?:а|у|ом|ем|е)?|(?:ин)?ичн(?:а|ы|е|у|ой)))`
/** What stands before a patronymic and is no name: «позвонила Болатовна», «от болатовны». Endings alone do not tell a verb from Камила or Марат. */
const VERB = [
  String.raw`\p{L}{3,20}(?:лся|лась|лись|лось|ировал[аи]?|овал[аи]?|[иы]вал[аи]?|ает|яет|ует)`,
  String.raw`(?:по|пере|до|за|от|об?|при|на|у|со?|под|рас|раз|вы|из)?(?:звони|говори|каза|зва|писа|проси|слуша|смотре|жда|ожида|сла|да|дава|яви|ня|нима|реши|реша|помога|пусти|обеща|работа|обрати|обраща|ответи|отвеча|сообщи|сообща|объясни|объясня|обслужи|служи|прави|правля|утверди|лучи|луча|оформи|оформля|встрети|встреча|уволи|груби|хами|крича|молча|сиде|стоя|зна|хоте|мог|смог|бы|ста)л[аио]?`,
  String.raw`(?:по|при|у|за|вы|пере|до|подо|на)?(?:ш[её]л|шла|шли|в[её]л|вела|ехала?|мог)`,
  'звонит|говорит|просит|пишет|отвечает|сидит|стоит|хочет|может|должна|ведёт|ведет|приходит|молчит|кричит|грубит|хамит|сможет|будет|есть',
  '(?:позов|соедин|скаж|подскаж|спрос|попрос|пригласи|уточн|напиш|позвон|перезвон|сообщ|переключ|найд|свяж)ите|(?:переда|да|узна)йте',
].join('|')
const SMALL_WORD =
  'от|для|до|из|на|по|про|при|без|над|под|ко|со|об|обо|что|где|как|или|когда|если|меня|мне|нам|нас|вам|вас|ей|ему|его|её|ее|их|он|она|они|это|эта|этот|эту|этой|наша|ваша|моя|там|тут|не|ни|же|вот|да|нет|ведь|тоже|снова|опять|только|вчера|сегодня|завтра|сейчас|и|а|но|в|к|с|о|у|я|мы|вы|және|мен|бен|пен|бұл|осы|сол|ол|маған|бізге|оған|үшін'
const NO_NAMES = new RegExp(String.raw`^(?:(?:${VERB}|${SMALL_WORD})\s{1,10})+`, 'iu')
const withoutNames = (match: string): number => NO_NAMES.exec(match)?.[0].length ?? 0

/** Streets, schools and prizes bear names of people who are no callers. */
const NAMED_AFTER =
  /(?:улиц\p{L}*|ул\.|проспект\p{L}*|пр\.|пр-т|переул\p{L}*|площад\p{L}*|микрорайон\p{L}*|мкр\.?|бульвар\p{L}*|аллея|музе\p{L}*|школ\p{L}*|театр\p{L}*|парк\p{L}*|станци\p{L}*|аэропорт\p{L}*|имени|им\.|атындағы|памяти)\s*(?:№\s*\d+\s*)?$/iu
/** … and in Kazakh what is named stands behind. */
const NAMED_BEFORE = /^\s*(?:атындағы|көшесі|даңғылы|алаңы|мектебі)/u
/** Who signs acts is known to everybody; words of institutions and laws that look like names. */
const IS_PUBLIC =
  /(?:^|\s)(?:Республик|Казахстан|Қазақстан|Министерств|Министрліг|Закон|Кодекс|Приказ|Правил|Комитет|Департамент|Управлени|Акимат|Центр|Суд|Глав|Стат|Пункт|Назарбаев\s+Университет)/u

/** Who signs or speaks for an office. */
const IS_OFFICE =
  /^(?:Еди|Бірыңғай|Команд|Администрац|Служб|Оператор|Отдел|Бөлім|Контакт|Байланыс|Государственн|Мемлекеттік|Корпорац|Акционерн|Товариществ|Банк|Ваш|Сіздің|Вам|Вас|За|Сізге)|(?<!\p{L})(?:ТОО|ЖШС|АО|АҚ|НАО|КЕАҚ|ИП|ЖК|КГУ|РГП|ГУ|РГУ|ПК|КСК|ОСИ|ЦОН|ХҚКО|РК|ҚР)(?!\p{L})/u

interface Rule {
  kind: PersonalDataKind
  pattern: RegExp
  /** Whether a match is one; `before` is the text in front of it. */
  holds: (match: string, before: string, after: string) => boolean
  /** How many characters at the beginning of a match are none of it. */
  skip?: (match: string) => number
}

/** Nothing that belongs to the same number stands before: «12-7011234567», «АБ-7011234567» are others. */
const FREE = String.raw`(?<![\d.,/+]|[\d\p{Lu}]-)`
const AT = String.raw`(?:\s{0,2}(?:@|[([{<]\s?(?:at|эт|собака|@)\s?[)\]}>])\s{0,2}|\s{1,2}собака\s{1,2})`
const DOT = String.raw`(?:\.|\s?[([{<]\s?(?:dot|точка|\.)\s?[)\]}>]\s?|\s{1,2}точка\s{1,2})`
const localPart = (mailbox: string): string => mailbox.split(/@|\s|[([{<]/u, 1)[0] ?? ''

const RULES: readonly Rule[] = [
  {
    kind: 'email',
    pattern: new RegExp(String.raw`${LOCAL_PART}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})+`, 'gu'),
    holds: (match) => !OFFICE.test(localPart(match)),
  },
  {
    kind: 'email',
    // As people hide it from programs: «ivan (at) mail.ru», «ivan собака mail точка ru», «ivan @ mail.ru».
    pattern: new RegExp(
      String.raw`${LOCAL_PART}${AT}[\p{L}\d-]{1,63}(?:${DOT}[\p{L}\d-]{1,63}){0,3}${DOT}\p{L}{2,10}(?!\p{L})`,
      'giu',
    ),
    holds: (match) => !OFFICE.test(localPart(match)),
  },
  {
    kind: 'account',
    pattern: /(?<![\p{L}\d])[KКҚ]Z\d{2}(?:[ -]?[A-Z\d]{1,4}){4,5}(?![\p{L}\d])/giu,
    // A number that is called somebody's account is one, mistyped or not; numbers of licences begin like it and are shorter.
    holds: (match, before) => isAccount(match) || ACCOUNT_WORD.test(before),
  },
  {
    kind: 'card',
    pattern: /(?<![\d.,/-])\d(?:[ -]?\d){12,18}(?![\d/]|[.,]\d)/gu,
    holds: (match, before) =>
      isCard(digitsOf(match)) &&
      !NUMBERED.test(before) &&
      /^(?:\d+|\d{4}(?:[ -]\d{4}){2}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5})$/u.test(match),
  },
  {
    kind: 'card',
    pattern: /(?<![\d,/])\d(?:[ .-]?\d){12,18}(?![ .-]?\d)/gu,
    holds: (_, before) => CARD_WORD.test(before),
  },
  {
    kind: 'iin',
    // A number that is called an ИИН is one, mistyped or not.
    pattern: /(?<![\d,/])\d(?:[ .-]{0,2}\d){8,13}(?![ .-]?\d)/gu,
    holds: (_, before) => IIN_WORD.test(before),
  },
  {
    kind: 'iin',
    pattern: new RegExp(String.raw`${FREE}\d(?:[ -]?\d){11}(?![\d/]|[.,]\d|-\d)`, 'gu'),
    holds: (match, before) =>
      IIN_WORD.test(before) || (isIin(digitsOf(match)) && (!NUMBERED.test(before) || EITHER_WORD.test(before))),
  },
  {
    kind: 'phone',
    // With the country's code; 8 800 and short numbers belong to offices.
    pattern: /(?<![\d.,/+])(?:\+7|8|7)[\s(-]{0,2}7\d{2}(?:[\s()-]{0,2}\d){7}(?![\d/]|[.,]\d)/gu,
    holds: (match, before) => digitsOf(match).length === 11 && !isDocuments(before),
  },
  {
    kind: 'phone',
    // Of a mobile operator, without the code.
    pattern: new RegExp(
      String.raw`${FREE}\(?7(?:0[0-8]|47|71|7[5-8])\)?[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(?![\d/]|[.,]\d)`,
      'gu',
    ),
    holds: (_, before) => !isDocuments(before),
  },
  {
    kind: 'phone',
    // With points: «8.701.123.45.67», «701.123.45.67».
    pattern: new RegExp(
      String.raw`${FREE}(?:(?:\+7|8|7)[\s.(-]{0,2})?7\d{2}[.)][\s.-]?\d{3}[.\s-]\d{2}[.\s-]?\d{2}(?![\d/]|[.,]\d)`,
      'gu',
    ),
    holds: (_, before) => !isDocuments(before),
  },
  {
    kind: 'phone',
    // Digit by digit: «7 0 1 1 2 3 4 5 6 7».
    pattern: /(?<![\d.,/+-]\s?)[78](?:[ -]\d){9,10}(?![ -]?\d|[.,/]\d)/gu,
    holds: (match, before) => !isDocuments(before) && !isOffices(digitsOf(match)),
  },
  {
    kind: 'phone',
    // Of any country (ITU-T E.164): «+996 555 123 456».
    pattern: /(?<![\d+])\+\s?[1-9](?:[\s().-]{0,2}\d){8,14}(?!\d|[.,/]\d)/gu,
    holds: (match, before) => !isDocuments(before) && !isOffices(digitsOf(match)),
  },
  {
    kind: 'phone',
    // What is called a phone: a town's number, another country's without its plus.
    pattern: /(?<![\d,/+])\(?\d(?:[ ().-]{0,2}\d){4,11}(?![ -]?\d|[.,/]\d)/gu,
    holds: (match, before, after) =>
      (PHONE_SAID.test(before) || (PHONE_NAMED.test(before) && /^\(?\d{1,4}\)?[ -]/u.test(match))) &&
      !isOffices(digitsOf(match)) &&
      !UNIT.test(after) &&
      !/^\d{1,3}(?: \d{3})+$|^\d{1,2}\.\d{1,2}\.\d{2,4}$/u.test(match),
  },
  {
    kind: 'document',
    pattern: /(?<![\p{L}\d])(?:N\s?)?\d(?:[ -]?\d){7,8}(?![ -]?\d)/gu,
    holds: (_, before) => DOCUMENT_WORD.test(before),
  },
  {
    kind: 'name',
    // «меня зовут Иванов Иван», «ФИО: …», «я, Иванова А.», «менің атым Айгүл», «гражданин Иванов».
    pattern: new RegExp(
      String.raw`(?<=(?<!\p{L})(?:[Мм]еня зовут|[Мм]о[её] имя|[Фф]амилия|[Ии]мя|ФИО|Ф\.\s?И\.\s?О\.|[Зз]аявител[ья]|[Гг]ражданин|[Гг]ражданк[аи]|[Гг]р\.|[Яя],|[Мм]енің атым|[Мм]енің аты-жөнім|[Аа]ты-жөн\p{L}{0,8}|АТӘ|Т\.\s?А\.\s?Ә\.|[Аа]замат(?:ша)?)\s{0,10}(?:[:–—-]\s{0,10})?)${FULL_NAME}`,
      'gu',
    ),
    // «Гражданин Республики», «гражданина Казахстана» name nobody.
    holds: (match) =>
      !/^(?:Республик|Казахстан|РК|Қазақстан|ҚР|Еди|Бірыңғай|Правил|Закон|Услуг|Росси|РФ|Кыргыз|Қырғыз|Узбек|Өзбек|Таджик|Туркмен|Кита|Монгол|Турци|Беларус|Украин|Герман|США|Содержани|Адрес|Телефон|Дата|Подпис|Номер|Регион|Мазмұн)/u.test(
        match,
      ),
  },
  {
    kind: 'name',
    // Typed in a hurry: «меня зовут айгуль».
    pattern: /(?<=(?<!\p{L})(?:меня зовут|мо[её] имя|менің атым)\s{1,10})\p{Ll}{3,40}/giu,
    holds: (match) => match[0] === match[0]?.toLowerCase(),
  },
  {
    kind: 'name',
    // Under a letter: «С уважением, Иван Петров», «Құрметпен, Айгүл».
    pattern: new RegExp(
      String.raw`(?<=(?<!\p{L})(?:[Сс] (?:уважением|почтением|благодарностью|наилучшими пожеланиями)|[Ққ]ұрметпен|[Іі]згі ниетпен|[Рр]ахмет|[Сс]пасибо)\s{0,3}[,:.-]{0,2}\s{0,10})${FULL_NAME}(?=\s{0,10}(?:$|[\n,.;(]))`,
      'gmu',
    ),
    holds: (match) => !IS_PUBLIC.test(match) && !IS_OFFICE.test(match),
  },
  {
    kind: 'name',
    // … typed in a hurry: «с уважением, иван петров», at the end of its line.
    pattern: new RegExp(
      String.raw`(?<=(?<!\p{L})(?:с уважением|құрметпен)\s{0,3},\s{0,10})\p{Ll}[\p{Ll}'’-]{1,30}(?:${GAP}\p{Ll}[\p{Ll}'’-]{1,30}){0,2}(?=[ \t.!]{0,10}$)`,
      'gmiu',
    ),
    holds: (match) => match === match.toLowerCase() && !IS_OFFICE.test(match),
  },
  {
    kind: 'name',
    // «мен Әлиев Нұрланмын»; «мен Алматыданмын» names a town.
    pattern: new RegExp(
      String.raw`(?<=(?<!\p{L})[Мм]ен,?\s{1,10})(?:${NAME_WORD}${GAP}){0,2}\p{Lu}\p{L}{1,30}[мпб][ыі]н(?!\p{L})`,
      'gu',
    ),
    holds: (match) => !/(?:[дтн][ае]н)м[ыі]н$/u.test(match) && !IS_PUBLIC.test(match),
  },
  {
    kind: 'name',
    // «Я Иван Петров, прошу …».
    pattern: new RegExp(String.raw`(?<=(?<!\p{L})Я\s{1,5})\p{Lu}\p{Ll}{1,30}${GAP}\p{Lu}\p{Ll}{1,30}(?!\p{L})`, 'gu'),
    holds: (match) =>
      !IS_PUBLIC.test(match) &&
      !IS_OFFICE.test(match) &&
      !/^(?:Гражд|Предприним|Директор|Представит|Житель|Инвалид|Пенсион)/u.test(match),
  },
  {
    kind: 'name',
    // A name with its patronymic: «Иванов Иван Иванович», «Серик Болатұлы», «Иваном Ивановичем Ивановым».
    pattern: new RegExp(
      String.raw`(?<![\p{L}.])(?:${NAME_WORD}${GAP}){1,2}${PATRONYMIC}(?!\p{L})(?:${GAP}${NAME_WORD})?`,
      'gu',
    ),
    holds: (match, before, after) =>
      !NAMED_AFTER.test(before) && !NAMED_BEFORE.test(after) && !IS_PUBLIC.test(match) && match.length <= 80,
    skip: withoutNames,
  },
  {
    kind: 'name',
    // … in any case of letters: «иванов иван иванович», «АЙГУЛЬ БОЛАТОВНА».
    pattern: new RegExp(
      String.raw`(?<![\p{L}.-])(?:${ANY_SURNAME}${GAP})?\p{L}[\p{L}'’-]{1,40}${GAP}${ANY_PATRONYMIC}(?!\p{L})(?:${GAP}${ANY_SURNAME}(?!\p{L}))?`,
      'giu',
    ),
    holds: (match, before, after) => !NAMED_AFTER.test(before) && !NAMED_BEFORE.test(after) && !IS_PUBLIC.test(match),
    skip: withoutNames,
  },
  {
    kind: 'name',
    // A surname beside initials: «Иванов И. И.», «А. Б. Серикова», «Нұрланұлы А.». Two initials, or one where the surname looks like one.
    pattern: new RegExp(
      String.raw`(?<![\p{L}.])(?:${SURNAME}${GAP}(?:${ONE_INITIAL}){1,2}|(?:${ONE_INITIAL}){1,2}${SURNAME}|${NAME_WORD}${GAP}(?:${ONE_INITIAL}){2}|(?:${ONE_INITIAL}){2}${NAME_WORD})(?!\p{L})`,
      'gu',
    ),
    holds: (match, before, after) => !NAMED_AFTER.test(before) && !NAMED_BEFORE.test(after) && !IS_PUBLIC.test(match),
  },
]

/** A number of these is a sum. */
export const UNIT = /^\s?(?:тенге|теңге|тг|тнг|kzt|₸|тыс|млн|мың|миллион|мрп|мзп|аек|руб|долл|евро|[$€%])/iu
/** … and so is a short number right behind these. */
const MONEY =
  /(?<!\p{L})(?:(?:сумм|пособи|штраф|доход|зарплат|оклад|выплат|(?:гос)?пошлин|стоимост|тариф|налог|кредит|стипенди|айыппұл|жәрдемақы|жалақы|зейнетақы|табыс|төлем|салық|несие)\p{L}{0,12}|пенси[яюией]{1,3}|цен[аыуе]|плат[аыуе]|долг(?:а|и|у|ов|ом)?|сома(?:сы)?)$/iu
const LONGEST_SUM = 7
const isSum = (match: string, before: string, after: string): boolean => {
  if (UNIT.test(after)) return true
  if (match.startsWith('+') || digitsOf(match).length > LONGEST_SUM) return false
  const said = before.replace(/(?:\s{1,3}(?:в|на|до|от|около|свыше|более|размере)){0,2}\s{0,3}:?\s{0,3}$/iu, '')
  return MONEY.test(said)
}

/** Whether an ИИН may go on from here. */
const mayBeIin = (digits: string): boolean =>
  digits.length < 6
    ? isDate(`${digits.slice(0, 4)}01`) && /^\d{4}[0-3]/u.test(digits)
    : isDate(digits.slice(0, 6)) && /^(?:\d{6}|\d{6}[0-6]\d*)$/u.test(digits)
/** Whether a БИН may: the year and month of a registration, and what kind of business it is. */
const mayBeBin = (digits: string): boolean => digits.length <= 12 && /^\d\d(?:0[1-9]|1[0-2])[4-6]/u.test(digits)

/** What is not whole yet: from its fifth digit on a number that may become one of the above is taken for it. */
const BEGUN: readonly Rule[] = [
  {
    kind: 'phone',
    pattern: /(?<![\p{L}\d.,/+])(?:\+7|8|7)[\s.(-]{0,2}7\d{2}(?:[\s().-]{0,2}\d){1,6}(?![\d/]|[.,]\d)/gu,
    holds: (match, before, after) => !IIN_WORD.test(before) && !isDocuments(before) && !isSum(match, before, after),
  },
  {
    kind: 'phone',
    pattern: /(?<![\p{L}\d.,/+-])\(?7(?:0[0-8]|47|71|7[5-8])\)?(?:[\s-]?\d){2,6}(?![\d/]|[.,]\d)/gu,
    holds: (match, before, after) => !IIN_WORD.test(before) && !isDocuments(before) && !isSum(match, before, after),
  },
  {
    kind: 'iin',
    pattern: /(?<![\p{L}\d.,/-])(?:\d{6}[ -]\d{1,5}|\d{5,11})(?![\d/]|[.,]\d|-\d)/gu,
    holds: (match, before, after) =>
      IIN_WORD.test(before) || (mayBeIin(digitsOf(match)) && !NUMBERED.test(before) && !isSum(match, before, after)),
  },
  {
    kind: 'card',
    // Eight digits are the bank's (ISO/IEC 7812), those behind them the owner's.
    pattern: /(?<![\p{L}\d.,/-])[2-6](?:\d{8,14}|\d{3}[ -]\d{4}[ -]\d{1,4}(?:[ -]\d{1,3})?)(?![ -]?\d|\/|[.,]\d)/gu,
    holds: (match, before, after) =>
      !mayBeBin(digitsOf(match)) &&
      !/^(?:(?:19|20)\d\d[ -]?)+$/u.test(match) &&
      !NUMBERED.test(before) &&
      !isSum(match, before, after),
  },
  {
    kind: 'account',
    pattern: /(?<![\p{L}\d])KZ\d{2}(?:\s?[A-Z\d]{1,4}){1,5}(?![\p{L}\d])/giu,
    holds: (match) => /^KZ\d{5}[A-Z\d]{0,12}$/iu.test(match.replaceAll(/\s/gu, '')),
  },
  {
    kind: 'document',
    pattern: /(?<![\p{L}\d])(?:N\s?)?\d{5,7}(?!\d)/gu,
    holds: (_, before) => DOCUMENT_WORD.test(before),
  },
  {
    kind: 'email',
    pattern: new RegExp(String.raw`${LOCAL_PART}@[\p{L}\d-]{0,63}$`, 'gu'),
    holds: (match) => !OFFICE.test(match.split('@')[0] ?? ''),
  },
]

/**
 * Puts placeholders in place of personal data: individual identification numbers, phones of Kazakhstan, payment cards, accounts,
 * numbers of identity documents, mailboxes of people, and names where they are marked as such, stand with a patronymic or with initials. Dashes, spaces, digits and characters
 * without a form are read as what they look like; what is called an ИИН, a card, an account or a phone is one, whatever its check digit. Numbers of the centre, of orders,
 * registrations and dates stay. Pure.
 * @param text in Russian or Kazakh
 * @returns the masked text, and what stands behind each placeholder («[ИИН-1]»)
 */
export function maskPersonalData(text: string): MaskedText {
  return placeholdersFor(text, findPersonalData(text))
}

/** The same for what may not be typed to its end: a number that has begun is masked as it would be when it is whole. Pure. */
export const maskBegunData = (text: string): MaskedText => placeholdersFor(text, placesBy([...RULES, ...BEGUN], text))

/** A place in a text, in UTF-16 units. */
export interface FoundPersonalData {
  start: number
  end: number
  kind: PersonalDataKind
}

/** Where personal data stands in a text, first to last; places do not overlap. Pure. */
export const findPersonalData = (text: string): FoundPersonalData[] => placesBy(RULES, text)

function placesBy(rules: readonly Rule[], text: string): FoundPersonalData[] {
  const { plain, starts, ends } = fold(text)
  const taken: FoundPersonalData[] = []
  const isTaken = new Uint8Array(plain.length)
  for (const { kind, pattern, holds, skip } of rules)
    for (const match of plain.matchAll(pattern)) {
      const end = match.index + match[0].length
      const start = match.index + (skip?.(match[0]) ?? 0)
      if (isTaken.subarray(start, end).includes(1)) continue
      if (!holds(plain.slice(start, end), plain.slice(Math.max(0, start - 40), start), plain.slice(end, end + 20)))
        continue
      isTaken.fill(1, start, end)
      taken.push({ start: starts?.[start] ?? start, end: ends?.[end - 1] ?? end, kind })
    }
  return taken.toSorted((left, right) => left.start - right.start)
}

/** Characters that are not seen: format characters (Cf), joiners, variation selectors, fillers. */
const UNSEEN = String.raw`\p{Cf}\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f`
const IS_UNSEEN = new RegExp(`[${UNSEEN}]`, 'u')
/** What `fold` changes. */
const UNUSUAL = new RegExp(
  String.raw`[${UNSEEN}\u2212\uff01-\uff5e]|(?![ \n])\p{Zs}|(?!-)\p{Pd}|(?![0-9])\p{Nd}|\d[ОоOo]|[ОоOo]\d`,
  'u',
)
/** «85О1О135»: an O among digits is a zero. */
const WITH_LETTERS = /(?<![\p{L}\d])[\dОоOo]{2,20}(?![\p{L}\d])/gu
const FULL_WIDTH = 0xfee0

const foldChar = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return char
  if (IS_UNSEEN.test(char)) return ''
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - FULL_WIDTH)
  if (code === 0x2212 || /\p{Pd}/u.test(char)) return '-'
  if (/\p{Zs}/u.test(char)) return ' '
  if (!/\p{Nd}/u.test(char)) return char
  // Digits of a script stand in a row of ten; NFKC knows those of mathematics.
  const plain = char.normalize('NFKC')
  if (/^\d$/u.test(plain)) return plain
  const low = code & 0xf
  return String(/\p{Nd}/u.test(String.fromCodePoint(code - low)) ? low : low - 6)
}

/**
 * A text as the patterns read it: without unseen characters, with one dash, one space, and the digits 0–9. Of each unit of it, where it stands in the original;
 * null: every unit stands where it stood.
 */
function fold(text: string): { plain: string; starts: Int32Array | null; ends: Int32Array | null } {
  if (!UNUSUAL.test(text)) return { plain: text, starts: null, ends: null }
  const starts = new Int32Array(text.length)
  const ends = new Int32Array(text.length)
  const parts: string[] = []
  let length = 0
  let at = 0
  for (const char of text) {
    const folded = foldChar(char)
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts[length] = folded.length === char.length ? at + unit : at
      ends[length] = folded.length === char.length ? at + unit + 1 : at + char.length
      length += 1
    }
    parts.push(folded)
    at += char.length
  }
  const plain = parts
    .join('')
    .replaceAll(WITH_LETTERS, (run) => (/\d/u.test(run) ? run.replaceAll(/[ОоOo]/gu, '0') : run))
  return { plain, starts: starts.subarray(0, length), ends: ends.subarray(0, length) }
}

const PLACEHOLDER = /\[\p{L}{1,10}-\d{1,9}\]/gu

function placeholdersFor(text: string, taken: readonly FoundPersonalData[]): MaskedText {
  const found = new Map<string, MaskedText['found'][number]>()
  // Somebody may have written a placeholder himself.
  const written = new Set(taken.length === 0 ? [] : text.match(PLACEHOLDER))
  const last = new Map<PersonalDataKind, number>()
  let masked = ''
  let from = 0
  for (const { start, end, kind } of taken) {
    const original = text.slice(start, end)
    let known = found.get(`${kind} ${original}`)
    if (known === undefined) {
      let number = (last.get(kind) ?? 0) + 1
      while (written.has(`[${NAMES[kind]}-${number}]`)) number += 1
      last.set(kind, number)
      known = { kind, placeholder: `[${NAMES[kind]}-${number}]`, original }
      found.set(`${kind} ${original}`, known)
    }
    masked += text.slice(from, start) + known.placeholder
    from = end
  }
  return { text: masked + text.slice(from), found: [...found.values()] }
}

/** Puts what was masked back into a text that was made from the masked one. */
export function restorePersonalData(text: string, found: MaskedText['found']): string {
  const originals = new Map(found.map(({ placeholder, original }) => [placeholder, original]))
  return text.replaceAll(PLACEHOLDER, (placeholder) => originals.get(placeholder) ?? placeholder)
}
