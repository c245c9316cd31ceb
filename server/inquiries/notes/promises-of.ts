import { speechOf } from '../calls/speech-of.ts'
import { cutAtWord } from '../questions/find-questions.ts'
import type { Segment } from '../schema.ts'

/** What an operator says that he, or the centre, will do: «не сообщим» is none (in Kazakh the verb itself has another form then). */
const PROMISING = new RegExp(
  String.raw`(?<!\p{L})(?<!(?<!\p{L})не\s+)(?:${[
    '(?:по)?звон(?:ю|им)',
    '(?:на|от)прав(?:лю|им)',
    'перезвон(?:ю|им)',
    'сообщ(?:у|им)',
    'уточн(?:ю|им)',
    'переда(?:м|дим)',
    'подготов(?:лю|им)',
    'пришл(?:ю|ём|ем)',
    'зарегистриру(?:ю|ем)',
    'выясн(?:ю|им)',
    '(?:жібер|хабарла|нақтыла|тірке|жеткіз|анықта|дайында)(?:е|й|и)?(?:мін|міз|мыз|мын|йміз|йміз)',
    String.raw`қоңырау\s+шала(?:мын|мыз)`,
  ].join('|')})(?!\p{L})`,
  'iu',
)
const MOST = 3
const LONGEST = 300

/** The operator's own sentences in which something is promised, at most three, word for word. Pure. */
export const promisesOf = (segments: readonly Segment[]): string[] =>
  [
    ...new Set(
      segments
        .filter(({ speaker }) => speaker === 'operator')
        .flatMap(({ text }) => speechOf(text))
        .filter((sentence) => PROMISING.test(sentence) && !sentence.trim().endsWith('?'))
        .map((sentence) => cutAtWord(sentence, LONGEST)),
    ),
  ].slice(0, MOST)
