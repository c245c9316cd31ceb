import { BEHIND } from './sounds.ts'

/** Where in a word a suffix stands; a word is read from its end, so from the bottom of this list to its top. */
export type Slot =
  | 'voice'
  | 'negation'
  | 'verbal-noun'
  | 'finite'
  | 'plural'
  | 'possessive'
  | 'case'
  | 'relative'
  | 'person'

/** What a case form asks of the word before it. */
export type Needs = 'any' | 'third-person' | 'first-or-second-person' | 'not-third-person' | 'nobody'

export interface Suffix {
  slot: Slot
  text: string
  /** True: follows front vowels; false: back vowels; null: has one form only («-мен», «-нікі»). */
  front: boolean | null
  /** Bits of BEHIND. */
  behind: number
  needs: Needs
  /** Of a possessive: whose. */
  person: Needs
  /** How many letters' worth of doubt: such an ending is as often a part of the root. */
  doubt: number
}

const { vowel, glide, l, nasal, sibilant, voiceless } = BEHIND
const ANY = vowel | glide | l | nasal | sibilant | voiceless
const CONSONANT = glide | l | nasal | sibilant | voiceless
const VOICED = ANY & ~voiceless

/** First sounds that change with the sound before: sign of a template → [sound, behind what]. */
const ONSETS: Record<string, [string, number][]> = {
  // plural -лар/-дар/-тар
  L: [
    ['л', vowel | glide],
    ['д', l | nasal | sibilant],
    ['т', voiceless],
  ],
  // genitive -ның/-дың/-тың
  N: [
    ['н', vowel | nasal],
    ['д', glide | l | sibilant],
    ['т', voiceless],
  ],
  // accusative -ны/-ды/-ты
  C: [
    ['н', vowel],
    ['д', glide | l | nasal | sibilant],
    ['т', voiceless],
  ],
  // locative -да/-та, past -ды/-ты
  D: [
    ['д', VOICED],
    ['т', voiceless],
  ],
  // ablative -дан/-нан/-тан
  B: [
    ['н', nasal],
    ['д', vowel | glide | l | sibilant],
    ['т', voiceless],
  ],
  // instrumental, negation, first person -мен/-бен/-пен
  M: [
    ['м', vowel | glide | l | nasal],
    ['б', nasal | sibilant | l],
    ['п', voiceless],
  ],
}
/** Sounds that follow the vowels of the stem: [back, front]. */
const HARMONY: Record<string, [string, string]> = { A: ['а', 'е'], I: ['ы', 'і'], G: ['ғ', 'г'], K: ['қ', 'к'] }

/** `GAн` begins with ғ/г behind voiced sounds and with қ/к behind voiceless ones. */
const withVoicing = (template: string): [string, number][] => {
  const [first = '', rest] = [template[0], template.slice(1)]
  const onsets = ONSETS[first]
  if (onsets !== undefined) return onsets.map(([sound, behind]) => [sound + rest, behind])
  if (first === 'G')
    return [
      [template, VOICED],
      [`K${rest}`, voiceless],
    ]
  return [[template, ANY]]
}

const suffixes: Suffix[] = []

const add = (
  slot: Slot,
  templates: string,
  {
    behind = ANY,
    needs = 'any',
    person = 'any',
    doubt = 0,
  }: Partial<Pick<Suffix, 'behind' | 'needs' | 'person' | 'doubt'>> = {},
): void => {
  for (const template of templates.split(' '))
    for (const [spelling, allowed] of withVoicing(template)) {
      const changes = /[AIGK]/u.test(spelling)
      for (const front of changes ? [false, true] : [null]) {
        const text = spelling.replace(/[AIGK]/gu, (sign) => HARMONY[sign]?.[front === true ? 1 : 0] ?? sign)
        suffixes.push({ slot, text, front, behind: behind & allowed, needs, person, doubt })
      }
    }
}

// Number: «қызметтер», «азаматтар».
add('plural', 'LAр')

// Whose: «қызметі», «анасы», «өтінішіңіз», «құқығымыз».
add('possessive', 'I', { behind: CONSONANT, person: 'third-person', doubt: 0.3 })
add('possessive', 'сI', { behind: vowel, person: 'third-person' })
add('possessive', 'IмIз', { behind: CONSONANT, person: 'first-or-second-person' })
add('possessive', 'мIз', { behind: vowel, person: 'first-or-second-person', doubt: 1 })
add('possessive', 'IңIз', { behind: CONSONANT, person: 'first-or-second-person' })
add('possessive', 'ңIз', { behind: vowel, person: 'first-or-second-person' })
// «-ым» makes nouns of verbs as often («білім», «шығарым»), «-ң» and «-м» end many roots.
add('possessive', 'Iм', { behind: CONSONANT, person: 'first-or-second-person', doubt: 2.2 })
add('possessive', 'Iң', { behind: CONSONANT, person: 'first-or-second-person', doubt: 2.2 })
add('possessive', 'м ң', { behind: vowel, person: 'first-or-second-person', doubt: 2 })

// Cases, bare and behind a possessive.
add('case', 'NIң')
add('case', 'CI DA', { needs: 'not-third-person', doubt: 0.2 })
add('case', 'GA BAн', { needs: 'not-third-person' })
add('case', 'Mен')
add('case', 'н', { behind: vowel, needs: 'third-person', doubt: 0.2 })
add('case', 'нA ндA нAн', { behind: vowel, needs: 'third-person' })
add('case', 'A', { behind: nasal, needs: 'first-or-second-person' })
// «-дай» also ends roots («жағдай»), «-ша» words that are a form no more («бойынша»).
add('case', 'DAй', { doubt: 2.5 })
add('case', 'шA', { doubt: 1.2 })
add('relative', 'DAGI', { doubt: 0.2 })
add('relative', 'ндAGI', { behind: vowel, needs: 'third-person' })
add('relative', 'нікі дікі тікі')
// «бүгінгі», «қазіргі»; also the end of «белгі».
add('relative', 'GI', { needs: 'nobody', doubt: 0.9 })

// Who is: «азаматпын», «операторсыз».
add('person', 'MIн сIң сIз MIз сIңдAр сIздAр', { doubt: 0.6 })
add('person', 'сIз', { doubt: 0.6 })

// Verbs, finite: past, conditional, present and future, imperative.
// «-дық» is as often the suffix of «тұрақтылық» as a past tense.
add('finite', 'DIK', { doubt: 3 })
add('finite', 'DI DIм DIң DIңIз DIңдAр DIңIздAр', { doubt: 0.2 })
add('finite', 'сA', { doubt: 1.5 })
add('finite', 'сAм сAң сAK сAңIз сAңдAр сAңIздAр', { doubt: 0.5 })
add('finite', 'AмIн AсIң AсIз AдI AмIз AсIңдAр', { behind: CONSONANT })
add('finite', 'ймIн йсIң йсIз йдI ймIз йсIңдAр', { behind: vowel | glide })
// и is ы + й: «таниды» of «таны».
add('finite', 'имIн исIң исIз идI имIз', { behind: CONSONANT })
add('finite', 'IңIз IңдAр IңIздAр AйIK AйIн', { behind: CONSONANT })
add('finite', 'ңIз ңдAр ңIздAр йIK йIн', { behind: vowel, doubt: 1 })
add('finite', 'сIн', { doubt: 0.6 })
add('finite', 'GAй', { doubt: 1.5 })
add('finite', 'Iп', { behind: CONSONANT, doubt: 0.3 })
add('finite', 'п', { behind: vowel, doubt: 0.3 })
add('finite', 'IптI IппIн', { behind: CONSONANT })
add('finite', 'GAлI GAншA MAйIншA')
// A bare converb looks like any final vowel: only a root we know lets it go.
add('finite', 'A', { behind: CONSONANT, doubt: 2 })
add('finite', 'й', { behind: vowel, doubt: 2 })

// Verbs as nouns and adjectives, which take all that nouns take.
add('verbal-noun', 'GAн')
add('verbal-noun', 'AтIн AтындIK', { behind: CONSONANT })
add('verbal-noun', 'йтIн', { behind: vowel | glide })
add('verbal-noun', 'итIн', { behind: CONSONANT })
add('verbal-noun', 'у', { doubt: 0.2 })
add('verbal-noun', 'ушI', { doubt: 0.2 })
add('verbal-noun', 'Aр', { behind: CONSONANT, doubt: 2.2 })
add('verbal-noun', 'р', { behind: vowel, doubt: 2 })
add('verbal-noun', 'MAс MAK', { doubt: 0.8 })
add('negation', 'MA', { doubt: 0.3 })
// Passive and reflexive. Causatives and reciprocals are other words («білдір», «кеңес»), and stay.
add('voice', 'Iл Iн', { behind: CONSONANT, doubt: 0.6 })
add('voice', 'л н', { behind: vowel, doubt: 0.5 })

/** Every form of every suffix. */
export const SUFFIXES: readonly Suffix[] = suffixes
