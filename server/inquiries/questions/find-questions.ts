import { isOfAnything } from '#server/answers/clarify/is-of-anything.ts'
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

const all = (sentence: string): string[] => sentence.match(/[\p{L}\p{N}]+/gu) ?? []

/** Greetings, thanks, what people say of themselves: nobody asks for that. */
const SMALL_TALK =
  /^(?:здравствуй|добр(?:ый|ое|ого)\s|привет|спасибо|благодар|заранее|извините|простите|алло|пожалуйста|с уважением|сәлем|қайырлы|рахмет|кешіріңіз|құрметпен)|^(?:я\s+)?(?:живу|прожива|нахо[жд]|работа[ею]|учусь|звоню|пишу|обращаюсь|из\s)|^мне\s+\d+|^(?:меня|мо[её])\s+(?:зовут|имя)|^(?:менің\s+)?(?:атым|аты-жөнім)/iu

/** Whether a sentence names something that can be asked about: a service, a document, a body, an act. */
const namesSubject = (sentence: string): boolean =>
  !SMALL_TALK.test(sentence.trim()) && all(sentence).some((word) => /\p{L}{3}/u.test(word) && !isOfAnything(word))

/** Whether all that a question names is what is asked of any subject: «Какой срок?», «Қызмет мерзімі қандай?». */
const lacksSubject = (sentence: string): boolean =>
  ASKING.test(sentence) &&
  all(sentence).every(isOfAnything) &&
  // By which number one may call is asked of the centre; in how many days a certificate is made, of a certificate.
  (wordsOf(sentence).length < SAYING || !MAY_STAND_ALONE.test(sentence))
const MAY_STAND_ALONE = /звон|қоңырау|справк|анықтама/iu
/** Whether it says of what, and not what is asked: «А загранпаспорт?», «А для пенсионеров?». */
const lacksQuestion = (sentence: string): boolean => !ASKING.test(sentence) && wordsOf(sentence).length < SAYING
/** … of the same subject, in other circumstances. */
const NARROWS_ON = /^(?:(?:а|и|ал)\s+)?(?:для|если|когда|при|через|по|на|в|во|с|без|у|до|после)\s/iu

/** What begins another subject: somebody wants something, lost it, changed it, or says that there is more. */
const INTRODUCES =
  /(?<!\p{L})(?:нуж|хоч|хот[еи]|жела|оформ|получ|пода[лтюё]|потеря|утер|утрат|пере|за?регистр|откры|закры|смен|помен|исправ|измен|продл|планир|собира|интересу|ещ[её]|также|кроме|втор|друг)|(?:керек|қажет|ғым|гім|қым|кім)(?!\p{L})|(?<!\p{L})(?:тірке|жоғалт|тағы|өзгерт|түзет|ауыстыр|сондай-ақ|екінші)/iu

/** What has a name of its own and is asked for as well: «адресную справку», «қандай құжаттар». */
const THING = /^(?:справк|документ|бумаг|анықтама|құжат)/iu

/**
 * What a sentence is about, to stand before another question: a statement as it is, a question without its asking words, so that nothing is
 * asked twice. «Залогты тіркеу үшін қандай құжаттар керек?» → «Залогты тіркеу».
 */
function subjectOf(sentence: string): string {
  if (!isAsking(sentence)) return sentence
  const found = [...sentence.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)]
  const isEmpty = (at: number): boolean => isOfAnything(found[at]?.[0] ?? '')
  let from = 0
  let to = found.length - 1
  while (from < to && isEmpty(from)) from += 1
  while (to > from && isEmpty(to) && !(THING.test(found[to]?.[0] ?? '') && !isEmpty(to - 1))) to -= 1
  const first = found[from]
  const last = found[to]
  if (first === undefined || last === undefined || isEmpty(from)) return sentence
  return `${sentence.slice(first.index, last.index + last[0].length)}.`
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
  /** What is asked, with what it is about where another sentence says that. */
  text: string
  /** Index of its sentence. */
  at: number
  /** Index of the sentence that says what it is about; null: its own, or none. */
  about: number | null
}

/**
 * The questions among sentences that follow one another, in Russian or Kazakh, each by itself. One that names nothing of its own («Какой срок?»,
 * «Қызмет мерзімі қандай?»), or says «она», «это», «бұл», is asked with the sentence before it that last named a subject, however many
 * questions of the same and remarks stand between; «А загранпаспорт?» with the question before it. Pure.
 * @param longest characters of a question; a longer one is cut at a word
 * @param heading what all of it is about where no sentence says so, such as the subject of a letter
 */
export function findQuestions(sentences: readonly string[], longest: number, heading = ''): FoundQuestion[] {
  const found: FoundQuestion[] = []
  let named: number | null = null
  for (const [at, sentence] of sentences.entries()) {
    const before = at > 0 ? at - 1 : null
    const says = before === null ? '' : (sentences[before] ?? '')
    const isNaming = namesSubject(sentence)
    if (!isAsking(sentence)) {
      // «Слышал, что быстро»: a remark takes no subject's place.
      if (isNaming && (named === null || INTRODUCES.test(sentence))) named = at
      continue
    }
    const isEmpty = lacksSubject(sentence)
    const pointsBack = POINTS_BACK.test(sentence)
    const isRest = lacksQuestion(sentence)
    const taken = found.at(-1)
    const isAfterQuestion = taken !== undefined && taken.at === before
    // «Есть вопрос. Какой срок?»: the announcement is no question of its own.
    const isAnnounced = isAfterQuestion && !namesSubject(says) && !ASKING.test(says)
    const leads: string[] = []
    let about: number | null = null
    if (isRest && before !== null) {
      about = before
      leads.push(isAfterQuestion && NARROWS_ON.test(sentence) ? taken.text : says)
    } else if (isEmpty || pointsBack) {
      about = named ?? (namesSubject(heading) ? null : before)
      if (named === null && namesSubject(heading)) leads.push(subjectOf(heading))
      else if (about !== null) leads.push(subjectOf(sentences[about] ?? ''))
      // «Моя сестра юрист. Может ли она подать?»: the pronoun is of the sentence right before.
      if (pointsBack && before !== null && before !== about && namesSubject(says) && !POINTS_BACK.test(says))
        leads.push(subjectOf(says))
    }
    if (isAnnounced && (isEmpty || pointsBack || isRest)) found.pop()
    const text = [...leads.map(ended), sentence.replace(ONE_MORE, '')].join(' ')
    found.push({ text: cutAtWord(text, longest), at, about })
    if (isNaming && !isRest && !(pointsBack && named !== null)) named = at
  }
  return found
}

/** What sentences that came before are about, as a heading of those that follow; empty when nothing is named. */
export function subjectAmong(sentences: readonly string[]): string {
  const naming = sentences.filter(namesSubject)
  return naming.findLast((sentence) => isAsking(sentence) || INTRODUCES.test(sentence)) ?? naming[0] ?? ''
}

const ended = (text: string): string => (/[.?!…:]\s*$/u.test(text) ? text.trim() : `${text.trim()}.`)

/** At most so many characters, cut between words. */
export const cutAtWord = (text: string, longest: number): string => {
  const plain = text.replaceAll(/\s+/gu, ' ').trim()
  if (plain.length <= longest) return plain
  const cut = plain.slice(0, longest)
  const at = cut.lastIndexOf(' ')
  return (at > longest / 2 ? cut.slice(0, at) : cut).trim()
}
