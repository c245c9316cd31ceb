/** A piece of a passage that can be quoted: half-open range of its text. */
export interface PassageUnit {
  kind: 'sentence' | 'item' | 'lead' | 'list'
  start: number
  end: number
  /** Of an item: the lead-in it completes, where it stands in the same passage. */
  lead: { start: number; end: number } | null
}

const ITEM = /^\s*(?:(?:\d{1,3}(?:-\d{1,2})?\)|[а-яәғқңөұүһі]\))\s*(?=\S)|[-–•]\s+)/u
/** A column of a form: «3. Регион». One alone says nothing. */
const COLUMN = /^\s*\d{1,3}\.\s+(?=\S)/u
const ABBREVIATION =
  /(?:^|[\s(.])(?:ст|ч|абз|п|пп|гл|прил|тел|каб|кв|г|гг|им|ул|д|т\.\s?[дпек]|др|пр|см|и\.\s?о|м\.\s?а|тыс|млн|руб|тг|ж|жж|т\.\s?б|[А-ЯЁӘҒҚҢӨҰҮҺІ])\.$/u

// Endings that only finite verbs have; «ответ», «комитет», «кредит» are why -ет and -ит alone do not count.
const FINITE =
  /(?:(?:[еи]тся|[уюая]тся)|[аяу]ет|(?:[аяу]|о)ют|еет|еют|(?:од|ос|оз|ав|ер|ол|ын|еч|ащ|ещ)ит|вляют|лжн[аоы]|лжен|вправе|обязан[аоы]?|лся|лась|лось|лись)$/u

/** Ranges of sentences in one line; «ст. 9», «и.о. Министра», initials do not end one. */
const sentencesOf = (line: string): [number, number][] => {
  const found: [number, number][] = []
  let start = 0
  for (const match of line.matchAll(/[.!?]["»”)]?(?=\s+["«“(]?[\p{Lu}\d])/gu)) {
    const end = match.index + match[0].length
    if (ABBREVIATION.test(line.slice(start, end))) continue
    found.push([start, end])
    start = end
  }
  found.push([start, line.length])
  return found
    .map(([from, to]): [number, number] => [
      from + (line.slice(from, to).length - line.slice(from, to).trimStart().length),
      from + line.slice(from, to).trimEnd().length,
    ])
    .filter(([from, to]) => to > from)
}

/**
 * Divides a passage into what may be quoted: sentences, lead-ins, list items (without number and closing semicolon) and
 * whole lists with their lead-in. In order of the text; a list follows its items.
 * @param hasColumns numbered lines without a verb are columns of a form; in other texts than Russian ones verbs are not known
 */
export const splitPassage = (text: string, hasColumns = true): PassageUnit[] => {
  const units: PassageUnit[] = []
  let lead: PassageUnit | null = null
  let items: PassageUnit[] = []
  const closeList = (): void => {
    const last = items.at(-1)
    if (lead !== null && last !== undefined && items.length > 1)
      units.push({ kind: 'list', start: lead.start, end: last.end, lead: null })
    lead = null
    items = []
  }
  let offset = 0
  for (const line of text.split('\n')) {
    const column = hasColumns && COLUMN.test(line) && !FINITE.test(line) && units.length > 0
    if (column && units.at(-1) !== undefined) {
      const end = offset + line.trimEnd().length
      const last = units.at(-1)
      if (last?.kind === 'list') last.end = end
      else {
        // The form's heading is a lead-in to its columns.
        if (last !== undefined) last.kind = 'lead'
        units.push({ kind: 'list', start: last?.start ?? offset, end, lead: null })
      }
      offset += line.length + 1
      continue
    }
    const marker = ITEM.exec(line)
    if (marker !== null) {
      const body = line
        .slice(marker[0].length)
        .trimEnd()
        .replace(/[;,.]$/u, '')
      const start = offset + marker[0].length
      if (body !== '') {
        const item: PassageUnit = { kind: 'item', start, end: start + body.length, lead }
        items.push(item)
        units.push(item)
      }
    } else {
      closeList()
      for (const [from, to] of sentencesOf(line)) {
        const unit: PassageUnit = {
          kind: line.slice(from, to).endsWith(':') ? 'lead' : 'sentence',
          start: offset + from,
          end: offset + to,
          lead: null,
        }
        units.push(unit)
        if (unit.kind === 'lead') lead = unit
      }
    }
    offset += line.length + 1
  }
  closeList()
  return units
}

/**
 * Divides a row of a list of requirements: what follows its heading, each piece with the heading as its lead-in, and the row as a whole.
 * A row that is too long is quoted from its heading to the last line that fits.
 * @param most characters that a whole row may have
 */
export const splitRow = (text: string, most: number): PassageUnit[] => {
  const end = text.indexOf('\n')
  if (end < 0) return []
  const heading = { start: 0, end: text.slice(0, end).trimEnd().length }
  const rows = splitPassage(text.slice(end + 1), false).map((unit): PassageUnit => {
    const shift = end + 1
    const lead = unit.lead === null ? heading : { start: unit.lead.start + shift, end: unit.lead.end + shift }
    return {
      kind: unit.kind,
      start: unit.start + shift,
      end: unit.end + shift,
      lead: unit.kind === 'list' ? null : lead,
    }
  })
  let fits = 0
  for (let at = text.indexOf('\n', end + 1); fits < text.length; at = text.indexOf('\n', at + 1)) {
    const upTo = at < 0 ? text.length : at
    if (upTo > most) break
    fits = upTo
    if (at < 0) break
  }
  const whole = text
    .slice(0, fits)
    .trimEnd()
    .replace(/[;,:]$/u, '').length
  if (whole <= heading.end) return rows
  const list: PassageUnit = { kind: 'list', start: 0, end: whole, lead: null }
  // «бесплатно» alone is no quote.
  return rows.length === 1 ? [list] : [...rows, list]
}

/** Words that tie a clause to another one, or narrow when, for whom and under what circumstances something holds. */
const NARROWS = new RegExp(
  String.raw`(?<![\p{L}-])(?:${[
    // Subordinating words.
    'если|когда|пока|покуда|где|куда|откуда|чтобы|дабы|хотя|хоть|поскольку|потому|ибо|лишь|только|разве|как|будто|словно|насколько|чем|нежели|ли|либо',
    String.raw`котор\p{L}+|че(?:й|го|му|м)|чь\p{L}+|как(?:ой|ая|ое|ие|их|им|ими|ого|ому|ую|ов\p{L}*)|кто|кого|кому|кем|ком|что|стольк\p{L}+|скольк\p{L}+`,
    // Conditions, exceptions, opposition.
    String.raw`при|без|кроме|помимо|вместо|вплоть|исключ\p{L}+|услови\p{L}+|случа\p{L}+|налич\p{L}+|отсутств\p{L}+|необходимост\p{L}+|невозможност\p{L}+|обстоятельств\p{L}+|мер[еыу]|зависимост\p{L}+|иначе|ин(?:ой|ая|ое|ые|ого|ому|ых|ым|ыми|ом|ую)|однако|но|а|зато|тогда|тех|том|тем|той|те|там|не|ни|нет|нельзя`,
    // What speaks of something said elsewhere.
    String.raw`он|она|оно|они|его|ее|их|н?им|н?ими|ней|нее|н?ему|ей|них|нем|эт(?:о|от|а|и|ого|ой|ому|им|их|ими|ом|у)|так(?:ой|ая|ое|ие|ого|их|им|ими|ому|ом|ую|же)?|тот|та|то|сво\p{L}+|себя|себе|собой|данн\p{L}+|указанн\p{L}+|перечисленн\p{L}+|последн\p{L}+|остальн\p{L}+|друг(?:ой|ая|ое|ие|ого|их|им|ими|ому|ом|ую)|кажд\p{L}+|об(?:а|е|оих|еих)|перв(?:ый|ая|ое|ые|ого|ой)|втор(?:ой|ая|ое|ые|ого)|соответственно|далее|также|затем`,
  ].join('|')})(?![\p{L}-])`,
  'iu',
)

/** Endings of oblique cases and of adverbs: a word that has one is not the subject of what it begins. */
const OBLIQUE = 'ого|его|ому|ему|ам|ям|ами|ями|ыми|ими|ах|ях|ых|их|ым|им|ом|ем|у|ю|о(?<!ство)|ясь|вши|вшись|[иы]в|ав'
const WORDS_BEFORE =
  'в|во|на|по|с|со|к|ко|об?|у|из|от|до|для|за|через|под|над|между|среди|сверх|после|перед|прежде|вслед|вне|внутри|около|против|ради|вследствие|благодаря|согласно|минуя|включая|начиная|учитывая|имея|и|или|да|же|бы|сегодня|тут|здесь|всегда|впредь|вновь|снова|вместе|лично|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять'
/**
 * How no clause begins that stands beside another one: «инноваций», «посредством», «второй» go on what was begun, an adjective or a verb as well; «срок», «ответ»,
 * «документы», «заявление» may be the subject of a clause.
 */
const NO_SUBJECT = new RegExp(
  `(?:${OBLIQUE}|ой|ей|ий|ый|ая|яя|ое|ее|ые|ие(?<![нтвслрзд]ие)|е(?<!ие|ье|ще)|ов|ев|ся|ши|ть|ти|чь)$|^(?:${WORDS_BEFORE})$`,
  'u',
)
/** How a sentence begins that names a circumstance of all of it: «На портале заявление подается в любое время, ответ выдается сразу». */
const CIRCUMSTANCE = new RegExp(`(?:${OBLIQUE})$|^(?:${WORDS_BEFORE})$`, 'u')
/** A verb whose subject cannot be taken for its object: «документы сверяет оператор», but «документы сверяются». */
const PASSIVE = { one: /(?:[еи]тся|лся|лась|лось)$/u, many: /(?:[уюая]тся|лись)$/u }
const isMany = (noun: string): boolean => /[ыи]$/u.test(noun)
const mayBeMany = (noun: string): boolean => /[ыиая]$/u.test(noun)
const CONJOINED = /(?<!\p{L})(?:и|или|либо|да|а также|не только)(?!\p{L})|[:–—]|\s-\s/iu

/** In lower case, «ё» as «е»; each character stays where it is. */
const folded = (text: string): string => text.replaceAll(/[А-ЯЁ]/gu, (char) => char.toLowerCase()).replaceAll('ё', 'е')
const words = (text: string): string[] => text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? []
const hasFiniteVerb = (text: string): boolean => words(text).some((word) => FINITE.test(word))
/** The same length, blank where something stands in brackets or quotation marks: what is said there is no part of the clause. */
const withoutAsides = (text: string): string =>
  text.replaceAll(/\([^()]{0,1000}\)|«[^«»]{0,1000}»|"[^"]{0,1000}"|“[^“”]{0,1000}”/gu, (aside) =>
    ' '.repeat(aside.length),
  )

/** Whether a clause begins here that needs nothing before it: its subject, and before the next comma a passive verb that agrees with it. */
const beginsAlone = (right: string): boolean => {
  const segment = right.split(/[,;]/u, 1)[0] ?? ''
  const [subject = '', ...rest] = words(segment)
  const verb = rest.find((word) => FINITE.test(word))
  if (verb === undefined || NO_SUBJECT.test(subject)) return false
  const before = segment.slice(0, segment.indexOf(verb))
  return (
    !CONJOINED.test(before) &&
    ((PASSIVE.one.test(verb) && !isMany(subject)) || (PASSIVE.many.test(verb) && mayBeMany(subject)))
  )
}

/**
 * Clauses of a Russian sentence that say the same alone: two statements side by side, «…, ответ предоставляется в течение двух рабочих дней». A cut is
 * made at a comma or semicolon where both sides have a verb, the sentence begins with a subject and not with a circumstance of all of it, the right side
 * begins with a subject of its own and its passive verb, and nothing in the sentence subordinates, makes a condition or an exception, or points
 * back. Law that is quoted without its condition is another law: where anything speaks against it the sentence stays whole.
 * @returns ranges within the sentence, without the comma; the whole sentence when it cannot be cut
 */
export const splitClauses = (sentence: string): [number, number][] => {
  const plain = folded(withoutAsides(sentence))
  const cuts: number[] = []
  // What narrows may stand in brackets too: «(если сбор уплачен)».
  if (!NARROWS.test(folded(sentence)) && !CIRCUMSTANCE.test(words(plain)[0] ?? '')) {
    let start = 0
    for (const { index: at } of plain.matchAll(/[,;]/gu)) {
      const left = plain.slice(start, at)
      if (left.includes(':')) break
      const right = plain.slice(at + 1)
      if (words(right).length < 3 || !hasFiniteVerb(left) || !beginsAlone(right)) continue
      cuts.push(at)
      start = at + 1
    }
  }
  const ends = [...cuts, sentence.length]
  let from = 0
  return ends.map((end): [number, number] => {
    const piece = sentence.slice(from, end)
    const begin = from + piece.length - piece.trimStart().length
    from = end + 1
    return [begin, begin + piece.trim().length]
  })
}
