import { createRecentMemory } from '#server/search/analysis/recent-memory.ts'

/** A place where a text speaks to a model instead of saying what the law says. */
export interface Instruction {
  rule: string
  text: string
}

/** Letters of other alphabets that look like Cyrillic or Latin ones are brought to the alphabet of their word. */
const LATIN: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
}
const CYRILLIC = Object.fromEntries(Object.entries(LATIN).map(([cyrillic, latin]) => [latin, cyrillic]))

/** Greek letters in a word of Cyrillic or Latin ones, and a nought between letters. */
const GREEK: Record<string, string> = {
  α: 'a',
  β: 'b',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'y',
  χ: 'x',
}

const foldWord = (written: string): string => {
  const word = written.replaceAll(/\p{Script=Greek}/gu, (letter) => GREEK[letter] ?? letter)
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = word.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic === 0 || latin === 0) return word
  const map = cyrillic >= latin ? CYRILLIC : LATIN
  return [...word].map((char) => map[char] ?? char).join('')
}

/** A character by its number in an entity of HTML; null where there is none of that number. */
const characterOf = (code: number): string | null =>
  code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? null : String.fromCodePoint(code)

/** One spelling for what tricks make different: case, full-width and styled letters, zero-width characters, look-alikes, s p a c e d letters. */
export const foldTricks = (text: string): string => {
  const plain = text
    .replaceAll(/&#(\d{1,6});/gu, (entity, code: string) => characterOf(Number(code)) ?? entity)
    .replaceAll(/&#x([\da-f]{1,5});/giu, (entity, code: string) => characterOf(Number.parseInt(code, 16)) ?? entity)
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}\p{M}]|[\ufe00-\ufe0f]/gu, (char) =>
      /[\n\t]/u.test(char) ? char : char === '\u0306' ? char : '',
    )
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/(?<=\p{L})0(?=\p{L})/gu, 'o')
    .replaceAll(/[\p{L}]+/gu, foldWord)
    .replaceAll(/[_*~`"'«»“”„]+/gu, ' ')
  return (
    plain
      // «и г н о р и р у й», «i.g.n.o.r.e»
      .replaceAll(/(?<![\p{L}])(?:\p{L}[\s.\-·•]){4,}\p{L}(?![\p{L}])/gu, (run) => run.replaceAll(/[^\p{L}]/gu, ''))
      .replaceAll(/\s+/gu, (space) => (space.includes('\n') ? '\n' : ' '))
  )
}

/** A word begins here; it ends there. */
const word = String.raw`(?<!\p{L})`
const ends = String.raw`(?!\p{L})`
/** A line, a sentence or a comment begins here. */
const begins = String.raw`(?:^|[\n.!?;:>#\-])\s*`
const upTo = (words: number): string => String.raw`(?:,?\s\p{L}+){0,${words}},?\s`
const rule = (name: string, source: string): { rule: string; pattern: RegExp } => ({
  rule: name,
  // A line may break at any space of a turn of speech.
  pattern: new RegExp(source.replaceAll(' ', String.raw`\s`), 'u'),
})

/** What only a model has been given and may be told to drop. Restrictions, applications and systems are everybody's. */
const GIVEN = String.raw`(?:инструкци|указани|промпт|рол[ьи]${ends}|команд[ыу]${ends})`
/** In the plural: one former order of an inspector is a caller's matter. */
const FORMER = String.raw`(?:(?:(?:предыдущ|прежн|предшествующ)и|(?:системн|исходн)ы)(?:е|м|х)|твои(?:м|х)?)`
const MODEL = String.raw`(?:ии|ai|llm|(?:chat)?gpt|нейросеть|языковая модель|искусственный интеллект|чат-?бот|ассистент)${ends}`
const KAZAKH_NOT = String.raw`(?:елеме|ескерме|орындама|ұмыт)(?:ңіз|ңыз|ыңыз|ңдер|ңдар|ыңдар)?${ends}`
/** «Нұсқаулық» is a manual, not an order. */
const KAZAKH_GIVEN = String.raw`(?:нұсқау(?!лық)|бұйрық|ереже)\p{L}*`

/**
 * Turns of speech that every injection needs and no act and no caller has: it has to make a model leave its task, so it names what
 * a model was given, or dictates all its answers. What callers ask about (how to cancel a former application, which message a
 * system shows, where to get a link) is not among them: `find-instructions.test.ts` holds both. Verification stops what these miss.
 */
const RULES = [
  rule(
    'turn-marker',
    String.raw`<\|?\s*(?:im[ _]?start|im[ _]?end|system|assistant|user|endoftext)|\[/?inst\]|<</?sys>>`,
  ),
  rule('turn-marker', String.raw`${begins}(?:system|assistant)\s?(?:prompt|message)?\s?:\s`),
  // «Система: неверный пароль» is a message that a caller reads out; a turn of a talk goes on with an order.
  rule(
    'turn-marker',
    String.raw`${begins}(?:система|ассистент)\s?(?:сообщение)?\s?:(?:\s\p{L}+){0,2}\s(?:с этого момента|отныне|теперь|ты${ends}|отвечай|ответь|добавь|вставь|напиши|пиши|скажи|говори|выведи|игнорируй|забудь)`,
  ),
  rule(
    'ignore',
    String.raw`(?<!не\s)${word}(?:игнорируй|проигнорируй|забудь|отбрось|нарушь|не обращай внимания на)${upTo(3)}${GIVEN}`,
  ),
  rule(
    'ignore',
    String.raw`(?<!не\s)${word}(?:игнорируй|проигнорируй|забудь|отбрось|нарушь)(?:те)?${upTo(2)}(?:правил\p{L}*\s(?:выше|системы|модели)|все,? что(?: \p{L}+){0,2} (?:сказано|сказали|написано|говорили|дали|знаешь|выше)|(?:все|любые|свои|твои)(?: \p{L}+)? ограничени)`,
  ),
  rule(
    'ignore',
    String.raw`(?<!не\s)${word}(?:(?:про)?игнорировать|(?:про)?игнорируйте|забыть|забудьте|отбросьте|отмените|отмени|не следуй(?:те)?|не обращайте внимания на)${upTo(2)}(?:${FORMER}\s(?:\p{L}+\s)?(?:инструкци|указани|промпт|команды)|(?:системные|твои) правила)`,
  ),
  rule('ignore', String.raw`(?<!не\s)${word}(?:игнорируйте|забудьте|отбросьте|отмените|отмени) (?:все|любые) ${GIVEN}`),
  rule(
    'ignore',
    String.raw`${word}(?:ignore|disregard|forget|override|bypass)(?:\s\p{L}+){0,4}\s(?:instruction|prompts?${ends}|(?:previous|prior|above)\s(?:message|text|context|rule)|everything above|(?:your|system|all) rules)`,
  ),
  rule(
    'ignore',
    String.raw`${word}(?:алдыңғы|бұрынғы|жоғарыдағы|барлық)(?:\s\p{L}+){0,3}\s${KAZAKH_GIVEN}(?:\s\p{L}+){0,2}\s${KAZAKH_NOT}`,
  ),
  rule('ignore', String.raw`${word}нұсқаулар\p{L}*(?:\s\p{L}+){0,2}\s${KAZAKH_NOT}`),
  rule('ignore', String.raw`${word}${KAZAKH_NOT}(?:\s\p{L}+){0,2}\s(?:нұсқаулар(?!лық)|ережелер)`),
  rule(
    'prompt',
    String.raw`${word}(?:системн\p{L}* (?:промпт|инструкци)|system\s?prompt|жүйелік (?:промпт|нұсқау(?!лық))|промпт\p{L}*|(?:your|initial|original|hidden) prompts?${ends})`,
  ),
  rule(
    'prompt',
    String.raw`${word}(?:покажи|повтори|выведи|раскрой|процитируй|распечатай|напиши)${upTo(3)}(?:(?:твои|свои|скрытые|исходные|системные) (?:инструкци|указани|правил|подсказк|сообщени)|(?:правил|инструкци)\p{L}*,? (?:котор\p{L}+|что) тебе)`,
  ),
  rule(
    'role',
    String.raw`${word}(?:ты|вы)\s(?:теперь|больше не|отныне)\s(?:\p{L}+\s)?(?:ассистент|ии${ends}|модель|бот${ends}|нейросет|помощник без|свободн|dan${ends}|developer)`,
  ),
  rule(
    'role',
    String.raw`${word}(?:you are (?:now|no longer) (?:an? |the )?(?:\p{L}+ )?(?:ai|assistant|bot|chatbot|model|dan|free|unrestricted|bound|developer)${ends}|roleplay|jailbreak)|${begins}(?:act as|pretend (?:to be|that you|you))${ends}|${word}(?:enable|enter|activate) developer mode`,
  ),
  rule('role', String.raw`${word}(?:сен|сіз)\s(?:енді|бұдан былай)\s(?:\p{L}+\s){0,2}(?:бот|модель|жасанды)`),
  rule('role', String.raw`${word}сен\s(?:енді|бұдан былай)\s(?:\p{L}+\s){0,2}көмекші`),
  // Of a telephone callers ask how to switch it off.
  rule(
    'role',
    String.raw`${word}(?:(?:включи|активируй|перейди в|войди в) режим (?:разработчика|отладки)|притворись|представь,? что ты|веди себя как|рөлін ойна(?:${ends}|ңыз))`,
  ),
  // Acts on artificial intelligence speak about models; injections call one.
  rule(
    'addressed',
    String.raw`${word}(?:внимание,?|если ты|указание для|инструкция для|сообщение для) ${MODEL}|${word}(?:внимание|указания|инструкции) для (?:${MODEL}|нейросет|языков\p{L}+ модел|ассистента)`,
  ),
  rule(
    'addressed',
    String.raw`${word}(?:attention,?|if you are|notes? (?:to|for)|instructions? (?:to|for)) (?:an? |the |any |all )?(?:ai|llms?|(?:chat)?gpt|language models?|assistants?|chatbots?)${ends}`,
  ),
  rule('addressed', String.raw`${word}(?:жасанды интеллект|тілдік модель)\p{L}* назарына`),
  rule(
    'output',
    String.raw`${word}(?:(?:отвечай|ответь|говори|сообщай)${upTo(1)}(?:пользовател(?:ю|ям)${ends}|любому|каждому|всегда|вместо)|отвечай(?:\s\p{L}+)? только(?! (?:на|по|о|об|про|если|когда)${ends}))`,
  ),
  rule(
    'output',
    String.raw`${word}(?:добавь|добавляй|вставь|вставляй)(?:${upTo(2)}ссылк\p{L}*${upTo(2)}ответ|${upTo(2)}ответ\p{L}*${upTo(2)}ссылк)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:добавьте|добавляйте|вставьте|вставляйте)${upTo(3)}(?:в (?:каждый|любой) ответ|ко (?:всем|всякому) ответ|к каждому ответ)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:ответь|отвечай|выведи|верни|напиши)(?:\s\p{L}+)?\s(?:в )?(?:формате )?(?:json|html|markdown)${ends}`,
  ),
  rule(
    'output',
    String.raw`${word}(?:на (?:любой|каждый) вопрос|в (?:каждый|любой) ответ|в каждом ответе|в (?:конце|начале) (?:каждого |своего |твоего )?ответа)\s(?:\p{L}+\s)?(?:отвечай|ответь|напиши|пиши|добавь|добавляй|вставь|вставляй|говори|сообщай)(?:те)?${ends}`,
  ),
  rule('output', String.raw`${word}на все (?:\p{L}+ )?вопросы (?:отвечай|пиши|говори)${ends}`),
  rule(
    'output',
    String.raw`(?:${begins}|,\s|${word}(?:and|then|always|now|must|just)\s)(?:answer|respond|reply|output|print|say|repeat|write|append|include)\s(?:\p{L}+\s){0,4}(?:only|exactly|with|following|instead|verbatim|link|json|user)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:кез келген|барлық|әр)\s(?:\p{L}+\s)?сұра(?:ққа|қтарға)\s(?:\p{L}+\s){0,6}деп\s(?:жауап бер|жаз|айт)(?:іңіз|ыңыз)?${ends}`,
  ),
  rule(
    'output',
    String.raw`${word}(?:жауаптың (?:соңына|басына)|жауабың(?:ыз)?а|әр жауапқа)\s.{0,80}(?:жаз|қос|айт)(?:ыңыз)?${ends}`,
  ),
  rule('output', String.raw`${word}тек\s(?:\p{L}+\s){1,4}деп\s(?:жаз|айт|жауап бер)${ends}`),
  rule('protocol', String.raw`\{\s?(?:s|end|sentences)\s?:|\bend\s?:\s?(?:none|all|part)`),
  // The path of an address is not encoded.
  rule('encoded', String.raw`(?<![\p{L}\d+/=.:\-])(?=[a-z\d+/]*\d)(?=[a-z\d+/]*[a-z])[a-z\d+/]{60,}={0,2}`),
]

const MOST_REMEMBERED = 5000
/** The same passages are looked at for one question after another. */
const remembered = createRecentMemory<Instruction[]>(MOST_REMEMBERED)

/** Turns of speech in a text by which it tries to command a model; empty for a text of law and for what callers ask. */
export const findInstructions = (text: string): Instruction[] => {
  const known = remembered.get(text)
  if (known !== undefined) return known
  const folded = foldTricks(text)
  const found = RULES.flatMap(({ rule: name, pattern }) => {
    const match = pattern.exec(folded)
    return match === null ? [] : [{ rule: name, text: match[0].slice(0, 120) }]
  })
  remembered.set(text, found)
  return found
}
