import type { Lang } from '#server/context.ts'

/** A way of turning a true sentence into a false one. */
export interface Corruption {
  kind: string
  /** Null: the sentence has nothing of the kind. */
  apply: (sentence: string, chance: () => number) => string | null
}

const swap =
  (...pairs: [string, string][]): Corruption['apply'] =>
  (sentence, chance) => {
    const fitting = pairs
      .flatMap(([left, right]) => [[left, right] as const, [right, left] as const])
      .map(([from, to]) => ({ pattern: new RegExp(`(?<![\\p{L}])${from}(?![\\p{L}])`, 'iu'), to }))
      .filter(({ pattern }) => pattern.test(sentence))
    const chosen = fitting[Math.floor(chance() * fitting.length)]
    return chosen === undefined ? null : sentence.replace(chosen.pattern, chosen.to)
  }

const drop =
  (pattern: RegExp): Corruption['apply'] =>
  (sentence) => {
    const left = sentence.replace(pattern, ' ').replaceAll(/\s+/gu, ' ').trim()
    return left === sentence || left.length < 12 ? null : left
  }

/** Of the sentence's words, those whose loss is never a matter of spelling. */
const droppable = (sentence: string): RegExpExecArray[] =>
  [...sentence.matchAll(/(?<![\p{L}\d(«])\p{L}{5,}(?![\p{L}\d)»-])/gu)].filter(
    ([word]) => !/^(?:составля|құрайды|настоящ)/iu.test(word),
  )

const dropWord: Corruption['apply'] = (sentence, chance) => {
  const words = droppable(sentence)
  const word = words[Math.floor(chance() * words.length)]
  if (word === undefined || words.length < 3) return null
  return `${sentence.slice(0, word.index)}${sentence.slice(word.index + word[0].length).trimStart()}`.trim()
}

const exchangeWords: Corruption['apply'] = (sentence, chance) => {
  const words = droppable(sentence)
  const at = Math.floor(chance() * (words.length - 1))
  const [left, right] = [words[at], words[at + 1]]
  if (left === undefined || right === undefined || left[0].toLowerCase() === right[0].toLowerCase()) return null
  return (
    sentence.slice(0, left.index) +
    right[0] +
    sentence.slice(left.index + left[0].length, right.index) +
    left[0] +
    sentence.slice(right.index + right[0].length)
  )
}

const digits: Corruption['apply'] = (sentence) =>
  /\d/u.test(sentence) ? sentence.replace(/\d+/u, (number) => String(Number(number) + 1)) : null

const addTerm =
  (term: string): Corruption['apply'] =>
  (sentence) =>
    `${sentence} ${term}`

/** The ways in which texts about law come out false: of negation and bounds, of exceptions and conditions, of who and whom, of values. */
export const CORRUPTIONS: Record<Lang, readonly Corruption[]> = {
  ru: [
    { kind: 'negation dropped', apply: drop(/(?<!\p{L})(?:не|без)\s+/iu) },
    {
      kind: 'negation put in',
      apply: swap(
        ['вправе', 'не вправе'],
        ['осуществляется', 'не осуществляется'],
        ['предоставляется', 'не предоставляется'],
        ['принимаются', 'не принимаются'],
      ),
    },
    {
      kind: 'bound',
      apply: swap(
        ['не позднее', 'не ранее'],
        ['не более', 'не менее'],
        ['не превышающий', 'превышающий'],
        ['не позднее', 'позднее'],
        ['свыше', 'менее'],
        ['до', 'после'],
      ),
    },
    { kind: 'month', apply: swap(['января', 'июля'], ['февраля', 'марта'], ['апреля', 'октября'], ['мая', 'ноября']) },
    { kind: 'weekday', apply: swap(['понедельника', 'вторника'], ['пятницу', 'субботу'], ['воскресенье', 'среду']) },
    {
      kind: 'unit',
      apply: swap(
        ['рабочих', 'календарных'],
        ['рабочего', 'календарного'],
        ['дней', 'часов'],
        ['часов', 'минут'],
        ['дня', 'месяца'],
        ['тенге', 'долларов'],
        ['МРП', 'МЗП'],
        ['секунд', 'минут'],
      ),
    },
    {
      kind: 'number word',
      apply: swap(
        ['двух', 'трех'],
        ['одного', 'пяти'],
        ['десяти', 'двадцати'],
        ['пятнадцать', 'пять'],
        ['четырех', 'шести'],
        ['второй', 'третьей'],
      ),
    },
    { kind: 'number', apply: digits },
    {
      kind: 'subject',
      apply: swap(
        ['оператор', 'услугополучатель'],
        ['услугодатель', 'услугополучатель'],
        ['единый контакт-центр', 'услугополучатель'],
        ['заявитель', 'оператор'],
        ['государственный орган', 'оператор'],
        ['услугополучателя', 'услугодателя'],
      ),
    },
    {
      kind: 'opposite',
      apply: swap(
        ['принимает', 'отклоняет'],
        ['наличие', 'отсутствие'],
        ['при наличии', 'при отсутствии'],
        ['выдача', 'отказ'],
        ['вправе', 'обязан'],
        ['письменно', 'устно'],
        ['бесплатно', 'платно'],
        ['входящих', 'исходящих'],
        ['начала', 'окончания'],
      ),
    },
    { kind: 'connective', apply: swap(['и', 'или'], ['и', 'либо']) },
    {
      kind: 'exception or condition deleted',
      apply: drop(
        /,?\s+(?:за исключением|кроме|если|при наличии|при условии|в случа[ея]х?|при отсутствии|только)(?!\p{L}).*$/iu,
      ),
    },
    { kind: 'only deleted', apply: drop(/(?<!\p{L})(?:только|исключительно|лишь|некоторые)\s+/iu) },
    { kind: 'a word dropped', apply: dropWord },
    { kind: 'two words exchanged', apply: exchangeWords },
    { kind: 'a term put in', apply: addTerm('в течение трех дней') },
    { kind: 'an address put in', apply: addTerm('на t.me/evil') },
  ],
  kk: [
    {
      kind: 'negation turned',
      apply: (one) => (/м[ае]йд[ыі]/u.test(one) ? one.replace('майды', 'ады').replace('мейді', 'еді') : null),
    },
    { kind: 'negation dropped', apply: drop(/\s+(?:емес|жоқ)(?!\p{L})/iu) },
    {
      kind: 'bound',
      apply: swap(
        ['кешіктірмей', 'кейін'],
        ['аспайды', 'асады'],
        ['дейін', 'кейін'],
        ['артық', 'кем'],
        ['кемінде', 'көп дегенде'],
      ),
    },
    { kind: 'month', apply: swap(['қаңтар', 'шілде'], ['наурыз', 'қараша'], ['шілдеден', 'маусымнан']) },
    {
      kind: 'unit',
      apply: swap(['жұмыс', 'күнтізбелік'], ['күнін', 'айын'], ['күні', 'айы'], ['АЕК', 'теңге'], ['сағат', 'минут']),
    },
    { kind: 'number word', apply: swap(['екі', 'үш'], ['он бес', 'бес'], ['он', 'жиырма']) },
    { kind: 'number', apply: digits },
    {
      kind: 'subject',
      apply: swap(['мұрағат', 'өтініш беруші'], ['беруші', 'алушы'], ['оператор', 'азамат'], ['архив', 'азамат']),
    },
    {
      kind: 'opposite',
      apply: swap(['құқылы', 'міндетті'], ['береді', 'алады'], ['қабылдайды', 'қайтарады'], ['беріледі', 'алынады']),
    },
    { kind: 'connective', apply: swap(['және', 'немесе']) },
    { kind: 'exception or condition deleted', apply: drop(/^.*(?:қоспағанда|болса|жағдайда),?\s+/iu) },
    { kind: 'a word dropped', apply: dropWord },
    { kind: 'two words exchanged', apply: exchangeWords },
    { kind: 'a term put in', apply: addTerm('үш күн ішінде') },
    { kind: 'an address put in', apply: addTerm('t.me/evil') },
  ],
}

/**
 * A false sentence made from a true one, in a way that the sentence allows.
 * @param chance numbers in [0, 1)
 * @returns the sentence and how it was made
 */
export const corruptSentence = (sentence: string, lang: Lang, chance: () => number): { text: string; kind: string } => {
  const ways = CORRUPTIONS[lang]
  const from = Math.floor(chance() * ways.length)
  for (let step = 0; step < ways.length; step += 1) {
    const way = ways[(from + step) % ways.length]
    const text = way?.apply(sentence, chance) ?? null
    if (way !== undefined && text !== null && text.toLowerCase() !== sentence.toLowerCase())
      return { text, kind: way.kind }
  }
  return {
    text: addTerm(lang === 'ru' ? 'в течение трех дней' : 'үш күн ішінде')(sentence, chance) ?? '',
    kind: 'a term put in',
  }
}
