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
  /(?:^|[\s(.])(?:ст|п|пп|гл|прил|г|гг|им|ул|д|т\.\s?[дпек]|др|пр|см|и\.о|тыс|млн|руб|тг|ж|жж|т\.\s?б|[А-ЯЁӘҒҚҢӨҰҮҺІ])\.$/u

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

const NO_CLAUSE_START =
  /^(?:и|а|но|или|либо|да|что|чтобы|если|когда|где|куда|откуда|как|так|также|котор\p{L}*|чей|чьи|чья|пока|хотя|поскольку|за|в|во|на|по|с|со|к|ко|из|от|до|для|при|о|об|у|через|под|над|между|включая|кроме|без|согласно|не|ни|его|ее|их|то|это|этот|эта|эти|этого|он|она|они|оно|более|менее|чем|нежели|\p{L}+(?:щий|щая|щее|щие|щего|щей|щему|щим|щих|щую|щими|вший|вшая|вшее|вшие|вшего|вшей|вшему|вшим|вших|нный|нная|нное|нные|нного|нной|нному|нным|нных|ный|ная|ное|ные|ного|ной|ному|ным|ных|мый|мая|мое|мые|мого|мой|мому|мым|мых|тый|тая|тое|тые|тых))$/iu

/** «коммерческую и иную тайну» goes on a list; a clause begins with its subject. */
const OBLIQUE_ADJECTIVE = /(?:ую|юю|ого|его|ому|ему|ых|их|ым|им|ыми|ими)$/u

const words = (text: string): string[] =>
  (text.match(/\p{L}+(?:-\p{L}+)*/gu) ?? []).map((word) => word.toLowerCase().replaceAll('ё', 'е'))
const hasFiniteVerb = (text: string): boolean => words(text).some((word) => FINITE.test(word))

/** Commas and semicolons outside of brackets and quotation marks. */
const breaks = (sentence: string): number[] => {
  const found: number[] = []
  let depth = 0
  let quoted = false
  for (const [index, char] of [...sentence].entries()) {
    if ('(«“'.includes(char)) depth += 1
    else if (')»”'.includes(char)) depth = Math.max(0, depth - 1)
    else if (char === '"') quoted = !quoted
    else if ((char === ',' || char === ';') && depth === 0 && !quoted) found.push(index)
  }
  return found
}

/**
 * Clauses of a sentence that read well alone: cut at a comma where both sides have a finite verb and the right side begins
 * with a word that begins a clause of its own, not a participle, conjunction or preposition.
 * @returns ranges within the sentence, without the comma; the whole sentence when it cannot be cut
 */
export const splitClauses = (sentence: string): [number, number][] => {
  const cuts: number[] = []
  let start = 0
  const all = breaks(sentence)
  for (const [index, at] of all.entries()) {
    const left = sentence.slice(start, at)
    const until = all[index + 1] ?? sentence.length
    // The verb may stand behind a participle phrase; the clause itself begins right after the comma.
    const first = words(sentence.slice(at + 1))[0] ?? ''
    const right = sentence.slice(at + 1, until)
    if (NO_CLAUSE_START.test(first) || OBLIQUE_ADJECTIVE.test(first) || FINITE.test(first) || words(right).length < 3)
      continue
    if (hasFiniteVerb(left) && hasFiniteVerb(right) && !/(?:котор\p{L}*|чтобы|если)/iu.test(left)) {
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
