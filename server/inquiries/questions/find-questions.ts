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

/** Words that say nothing of the subject. */
const SAYING = 4
/** A declaration «сообщаю, что …», «өтінемін» deep in a long sentence asks nothing: the word must stand near the beginning. */
const NEAR_BEGINNING = 60

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]{3,}/gu) ?? []

/** Whether a sentence asks something, with or without its question mark. */
export const isAsking = (sentence: string): boolean => {
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
 * The questions among sentences that follow one another, in Russian or Kazakh. One that is short or says «она», «это», «бұл» takes the
 * sentence before it along. Pure.
 * @param longest characters of a question; a longer one is cut at a word
 */
export function findQuestions(sentences: readonly string[], longest: number): FoundQuestion[] {
  const found: FoundQuestion[] = []
  for (const [at, sentence] of sentences.entries()) {
    if (!isAsking(sentence)) continue
    const before = sentences[at - 1]
    const needsBefore = POINTS_BACK.test(sentence) || wordsOf(sentence).length < SAYING
    const together = needsBefore && before !== undefined ? `${before} ${sentence}` : sentence
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
