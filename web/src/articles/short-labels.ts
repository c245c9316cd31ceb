const SUBPOINT = /[\s,]+(?:пп|ч)\.\s*[\d-]+.*$|[\s,]+[\d-]+\)\s*тармақша.*$/u
const NUMBERED = /^(.*?)(\d+)([^\d]*)$/u

interface Run {
  before: string
  after: string
  first: number
  last: number
}

const parse = (label: string): Run | string => {
  const [, before, number, after] = NUMBERED.exec(label) ?? []
  return before === undefined || number === undefined || after === undefined
    ? label
    : { before, after, first: Number(number), last: Number(number) }
}

/** What an article covers, in a line: points without their sub-points, neighbours as a range («п. 34–38»). */
export function shortLabels(labels: readonly string[]): string {
  const runs: (Run | string)[] = []
  for (const label of new Set(labels.map((one) => one.replace(SUBPOINT, '')))) {
    const next = parse(label)
    const last = runs.at(-1)
    if (
      typeof next !== 'string' &&
      typeof last === 'object' &&
      last.before === next.before &&
      last.after === next.after &&
      next.first === last.last + 1
    )
      last.last = next.last
    else runs.push(next)
  }
  return runs
    .map((run) =>
      typeof run === 'string'
        ? run
        : `${run.before}${run.first === run.last ? String(run.first) : `${run.first}–${run.last}`}${run.after}`,
    )
    .join(', ')
}
