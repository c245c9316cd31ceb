import { splitSentences } from '#ingest/text/sentences.ts'

/** How a question begins, or the word that makes it one. People and speech recognisers leave the question mark out. */
const ASKING = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    // Russian
    'как(?:ой|ая|ое|ие|им|ого|ому|ую|их|ими|ом|ов(?:а|о|ы)?)?',
    'сколько',
    'где',
    'куда',
    'откуда',
    'когда',
    'кто|кому|кого|кем',
    'чей|чья|чь[её]',
    'почему|зачем',
    String.raw`что\s+(?:нужно|надо|делать|требуется|будет|означает|значит|такое|входит)`,
    String.raw`\p{L}+\s+ли(?!\p{L})`,
    String.raw`(?:за|через|в\s+течение)\s+(?:сколько|какое)`,
    // Kazakh
    'қалай|қандай|қанша|неше|нешінші|қайда|қайдан|қайсы|қашан|кім|кімге|кімнен|кімнің|неге|нені|қай',
    String.raw`не\s+(?:істеу|керек|қажет)\p{L}*`,
    String.raw`\p{L}+\s+(?:ма|ме|ба|бе|па|пе)(?!\p{L})`,
  ].join('|')})(?!\p{L})`,
  'iu',
)

/** How people ask without a question. */
const REQUESTING = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    String.raw`(?:прошу|просим|просьба)(?:\s+\p{L}+){0,3}\s+(?:сообщ|разъясн|поясн|подска|ответ|дать|уточн|указа|объясн|проконсульт|информ)\p{L}*`,
    '(?:подскаж|объясн|разъясн|поясн|скаж|сообщ|уточн|расскаж)ите',
    String.raw`(?:хочу|хотел[аи]?|хотим|хотелось|желаю|нужно|надо)(?:\s+бы)?(?:\s+\p{L}+){0,2}\s+(?:узнать|спросить|уточнить|выяснить|знать|понять)`,
    String.raw`(?:меня|нас)\s+интересу(?:ет|ют)`,
    '(?:мне|нам)?\\s*(?:не\\s?понятно|не\\s+ясно)|не\\s+могу\\s+понять',
    String.raw`(?:у\s+меня|есть|мой)\s+(?:такой\s+)?вопрос`,
    'айтыңыз(?:шы)?|айтып\\s+бер\\p{L}*|түсіндір\\p{L}*|хабарла(?:ңыз|уыңызды)\\p{L}*|жауап\\s+бер(?:іңіз|уіңізді)\\p{L}*',
    'білгім\\s+кел\\p{L}*|білейін\\s+деп|сұрайын\\s+деп|сұрағым\\s+бар|сұрайын|сұраймын|білсем\\s+деп',
  ].join('|')})`,
  'iu',
)

/** A question that speaks of what was said before it. */
const POINTS_BACK =
  /(?<!\p{L})(?:он[аои]?|н?его|н?е[её]|н?их|нему|ему|ей|им|нём|н[её]м|ней|это(?:т|го|му|й)?|эт[аи]|этого|там|тогда|такое|такой|ол|оны|оның|оған|онда|бұл|мұны|мұндай|сонда)(?!\p{L})/iu

/** A question of fewer words may be of what was said before it. */
const SAYING = 4

/** What is asked of any subject, and words that only ask: «Какой срок?» says nothing of whose, «Какая погода завтра?» does. */
const OF_ANYTHING = new RegExp(
  `^(?:${[
    // Russian
    'а|и|но|же|бы|ли|это|всё|все|мне|нам|вам|вы|мы|за|в|во|на|по|к|с|от|до|для|об?|у|из|через|течение|ещ[её]|также|тогда|потом|скажите|подскажите|пожалуйста',
    'как\\p{L}*|сколько|где|куда|откуда|когда|кто|кому|кого|кем|чей|чья|чь[её]|почему|зачем|что',
    '(?:срок|стои|цен|платн|бесплатн|пошлин|тариф|документ|справк|бумаг|адрес|телефон|номер|график|час|врем|дн|день|дата|дат|причин|основани|результат|форм|порядок|порядк|образец|бланк|контакт|почт|сайт|сумм|размер|штраф)\\p{L}*',
    '(?:получ|оформ|пода|дела|сдела|обра[тщ]|идти|пойти|прийти|подойти|жда|узна|плат|заплат|оплат|отказ|провер|звон|позвон|нуж|над|треб|долж|мож|быть|буд|занима|действ|начина)\\p{L}*',
    // Kazakh
    'ал|және|тағы|айтыңызшы|керек\\p{L}*|қажет\\p{L}*|болады|бола|деген|үшін|бойынша|не|ма|ме|ба|бе|па|пе|маған|бізге',
    'қалай|қандай|қанша|неше|нешінші|қайда|қайдан|қайсы|қашан|кім\\p{L}*|неге|нені|қай',
    '(?:мерзім|құн|бағас|ақыл|тегін|төле|тұра|құжат|анықтама|мекенжай|телефон|нөмір|кесте|уақыт|күн|сағат|себеб|себеп|нәтиже|нысан|тәртіп|тәртіб|алу|ала|алам|бер|тапсыр|жаса|жүгін|бар|кел|күт|істе|хабарлас)\\p{L}*',
  ].join('|')})$`,
  'iu',
)

/** Whether a short question is one of what was said before: all it names is what is asked of any subject, or it asks nothing by itself («А паспорт?»). */
const isElliptical = (sentence: string): boolean => {
  if (wordsOf(sentence).length >= SAYING) return false
  const all = sentence.match(/[\p{L}\p{N}]+/gu) ?? []
  return !ASKING.test(sentence) || all.every((word) => OF_ANYTHING.test(word))
}

/** How one more question is begun. */
const ONE_MORE =
  /^(?:(?:и|а)\s+)?(?:(?:также|ещ[её](?:\s+(?:(?:один\s+)?вопрос|хо(?:чу|тел[аи]?)(?:\s+бы)?\s+(?:спросить|узнать)))?|кроме\s+того|тағы(?:\s+(?:бір\s+сұрақ|да))?|сондай-ақ)\s*[:,—–-]\s*)(?=\p{L})/iu
/** A declaration «сообщаю, что …», «өтінемін» deep in a long sentence asks nothing: the word must stand near the beginning. */
const NEAR_BEGINNING = 60

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]{3,}/gu) ?? []

/** Whether a sentence asks something, with or without its question mark. */
const isAsking = (sentence: string): boolean => {
  if (/\?\s*["»”)\]]*$/u.test(sentence.trim())) return wordsOf(sentence).length > 0
  if (REQUESTING.test(sentence)) return true
  const asking = ASKING.exec(sentence)
  return asking !== null && asking.index <= NEAR_BEGINNING && wordsOf(sentence).length >= 2
}

/** Sentences as people write them: also those that begin in lower case. */
export const sentencesOf = (text: string): string[] =>
  splitSentences(text).flatMap(({ start, end }) =>
    text
      .slice(start, end)
      .split(/(?<=[?!])\s+/u)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )

export interface FoundQuestion {
  /** What is asked, with the sentence before it where it speaks of that. */
  text: string
  /** Index of its sentence. */
  at: number
}

/**
 * The questions among sentences that follow one another, in Russian or Kazakh. One that says «она», «это», «бұл», or names nothing of its
 * own («Какой срок?»), takes the sentence before it along. Pure.
 * @param longest characters of a question; a longer one is cut at a word
 */
export function findQuestions(sentences: readonly string[], longest: number): FoundQuestion[] {
  const found: FoundQuestion[] = []
  for (const [at, sentence] of sentences.entries()) {
    if (!isAsking(sentence)) continue
    const before = sentences[at - 1]
    const needsBefore = POINTS_BACK.test(sentence) || isElliptical(sentence)
    const together = (needsBefore && before !== undefined ? `${before} ${sentence}` : sentence).replace(ONE_MORE, '')
    const taken = found.at(-1)
    // «Есть вопрос. Какой срок?»: the announcement is no question of its own.
    if (taken !== undefined && taken.at === at - 1 && needsBefore && wordsOf(taken.text).length < SAYING) found.pop()
    found.push({ text: cutAtWord(together, longest), at })
  }
  return found
}

/** At most so many characters, cut between words. */
export const cutAtWord = (text: string, longest: number): string => {
  const plain = text.replaceAll(/\s+/gu, ' ').trim()
  if (plain.length <= longest) return plain
  const cut = plain.slice(0, longest)
  const at = cut.lastIndexOf(' ')
  return (at > longest / 2 ? cut.slice(0, at) : cut).trim()
}
