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

const foldWord = (word: string): string => {
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  const latin = word.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic === 0 || latin === 0) return word
  const map = cyrillic >= latin ? CYRILLIC : LATIN
  return [...word].map((char) => map[char] ?? char).join('')
}

/** One spelling for what tricks make different: case, full-width and styled letters, zero-width characters, look-alikes, s p a c e d letters. */
export const foldTricks = (text: string): string => {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Cc}\p{M}]|[\ufe00-\ufe0f]/gu, (char) =>
      /[\n\t]/u.test(char) ? ' ' : char === '\u0306' ? char : '',
    )
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[\p{L}]+/gu, foldWord)
    .replaceAll(/[_*~`"'«»“”„]+/gu, ' ')
  return (
    plain
      // «и г н о р и р у й», «i.g.n.o.r.e»
      .replaceAll(/(?<![\p{L}])(?:\p{L}[\s.\-·•]){4,}\p{L}(?![\p{L}])/gu, (run) => run.replaceAll(/[^\p{L}]/gu, ''))
      .replaceAll(/\s+/gu, ' ')
  )
}

const word = String.raw`(?<!\p{L})`
const rule = (name: string, source: string): { rule: string; pattern: RegExp } => ({
  rule: name,
  pattern: new RegExp(source, 'u'),
})

/**
 * Turns of speech that no act has and every injection needs: it has to make a model leave its task. Kept narrow: all acts beside
 * the project hold none of them (`find-instructions.test.ts`).
 */
const RULES = [
  rule(
    'turn-marker',
    String.raw`<\|?\s*(?:im[ _]?start|im[ _]?end|system|assistant|user|endoftext)|\[/?inst\]|<</?sys>>`,
  ),
  rule(
    'turn-marker',
    String.raw`(?:^|[\n>#.]\s*|\s)(?:system|assistant|система|ассистент)\s?(?:prompt|message|сообщение)?\s?:\s`,
  ),
  rule(
    'ignore',
    String.raw`${word}(?:игнорируй|игнорировать|проигнорируй|забудь|забыть|отбрось|не обращай внимания|не следуй|отмени|отмените|отменяются|нарушь)\p{L}*(?:\s\p{L}+){0,4}\s(?:инструкци|указани|правил(?:а|о|у)? (?:выше|системы|модели)|предыдущ|прежн|предшествующ|систем|ограничени|промпт|все,? что)`,
  ),
  rule(
    'ignore',
    String.raw`${word}(?:ignore|disregard|forget|override|bypass)(?:\s\p{L}+){0,4}\s(?:instruction|prompt|previous|above|rule|system|prior)`,
  ),
  rule(
    'ignore',
    String.raw`${word}(?:алдыңғы|бұрынғы|жоғарыдағы|барлық)(?:\s\p{L}+){0,3}\s(?:нұсқау|ереже|бұйрық)\p{L}*(?:\s\p{L}+){0,2}\s(?:елеме|ескерме|ұмыт|орындама|тоқтат|жой)`,
  ),
  rule('ignore', String.raw`${word}(?:елеме|ескерме|ұмыт)\p{L}*(?:\s\p{L}+){0,3}\s(?:нұсқау|ереже)`),
  rule(
    'prompt',
    String.raw`${word}(?:системн\p{L}*\s(?:промпт|подсказк|инструкци|сообщени)|system\s?prompt|жүйелік\s(?:промпт|нұсқау)|промпт|prompt)`,
  ),
  rule(
    'role',
    String.raw`${word}(?:ты|вы)\s(?:теперь|больше не|отныне|являешься|—|-)?\s?(?:ассистент|ии(?!\p{L})|модель|бот(?!\p{L})|нейросет|помощник без|свободн|dan(?!\p{L})|developer)`,
  ),
  rule(
    'role',
    String.raw`${word}(?:you are (?:now|a|an|no longer)|act as|pretend to|roleplay|jailbreak|developer mode)`,
  ),
  rule('role', String.raw`${word}(?:сен|сіз)\s(?:енді|бұдан былай)\s(?:\p{L}+\s){0,2}(?:бот|модель|көмекші|жасанды)`),
  rule(
    'role',
    String.raw`${word}(?:режим (?:разработчика|отладки)|притворись|представь,? что ты|веди себя как|рөлін ойна)`,
  ),
  rule(
    'addressed',
    String.raw`${word}(?:языков\p{L}* модел|тілдік модель|language model|искусственн\p{L}* интеллект\p{L}*,? (?:котор|чита|обраба|отвеч)|(?:для|внимание,?|уважаем\p{L}*) (?:ии|ai|llm|gpt|нейросет)|(?:chat)?gpt|llm(?!\p{L})|жасанды интеллект\p{L}* (?:назар|жауап))`,
  ),
  rule(
    'output',
    String.raw`${word}(?:ответь|отвечай|отвечайте|напиши|напишите|выведи|выведите|верни|скажи|повтори|распечатай|добавь|вставь|сообщи|сообщай)(?:те)?(?:\s\p{L}+){0,3}\s(?:дословно|только|следующ|словом|словами|json|html|markdown|ссылк|вместо|всегда|любой вопрос|каждый вопрос|каждому|ответе?,? что|пользовател|оператор\p{L}* (?:пароль|ссылк))`,
  ),
  rule(
    'output',
    String.raw`${word}(?:на (?:любой|каждый|все|этот) вопрос\p{L}*|в (?:каждый|любой) ответ\p{L}*|в конце ответа|в начале ответа)\s(?:отвеча|ответ|напиш|пиши|добав|встав|говори|сообща)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:answer|respond|reply|output|print|say|repeat|write|append|include)\s(?:\p{L}+\s){0,4}(?:only|exactly|with|following|instead|verbatim|link|json|user)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:кез келген|барлық|әр)\s(?:\p{L}+\s){0,1}сұраққа\s(?:\p{L}+\s){0,4}(?:деп|жауап)\s?(?:жауап бер|бер|жаз|айт)`,
  ),
  rule(
    'output',
    String.raw`${word}(?:жауаптың (?:соңына|басына)|тек)\s(?:\p{L}+\s){0,4}(?:деп|сілтеме\p{L}*)\s(?:жаз|қос|айт|жауап бер)`,
  ),
  rule('protocol', String.raw`\{\s?(?:s|end|sentences)\s?:|\bend\s?:\s?(?:none|all|part)`),
  rule('encoded', String.raw`(?<![\p{L}\d+/=])(?=[a-z\d+/]*\d)(?=[a-z\d+/]*[a-z])[a-z\d+/]{60,}={0,2}`),
]

const MOST_REMEMBERED = 5000
/** The same passages are looked at for one question after another. */
const remembered = createRecentMemory<Instruction[]>(MOST_REMEMBERED)

/** Turns of speech in a text by which it tries to command a model; empty for a text of law. */
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
