import { DISTORTIONS, type Distortion } from '../retrieval/distort-queries.ts'
import type { Measured, ReportFigures } from './report-figures.ts'
import { dotPlot, linePlot } from './svg.ts'

const ENGINE_NAMES: Readonly<Record<string, string>> = {
  lexical: 'ours: words',
  vector: 'ours: vectors',
  hybrid: 'ours: hybrid',
  meilisearch: 'ours over Meilisearch',
  'meilisearch-plain': 'Meilisearch as it comes',
  'five-letters': 'BM25, five letters',
  minisearch: 'MiniSearch as it comes',
  'minisearch-fuzzy': 'MiniSearch, prefix + fuzzy',
  postgres: 'PostgreSQL full text',
}
const nameOf = (engine: string): string => ENGINE_NAMES[engine] ?? engine

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const part = (value: number): string => value.toFixed(3)
const ratio = (ours: number, theirs: number): string => (theirs === 0 ? '–' : (ours / theirs).toFixed(2))
const whole = (value: number): string => Math.round(value).toLocaleString('en')
const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : whole(value))

const said = ({ on, node, processors, load }: { on: string; node: string; processors: number; load: number }): string =>
  [
    `Measured on ${on}, Node ${node}, ${processors} processors, load ${load}.`,
    ...(load > processors
      ? ['Other work kept the machine busy: times compare within a table, and are no measure of an idle one.']
      : []),
  ].join(' ')

/** Lines about rows that were measured at another time than the rest of their part. */
const measuredApart = <Row extends { measured?: Measured | undefined }>(
  rows: readonly Row[],
  measured: Measured,
  nameOfRow: (row: Row) => string,
): string[] =>
  rows.flatMap((row) =>
    row.measured === undefined || said(row.measured) === said(measured)
      ? []
      : [`${nameOfRow(row)}: ${said(row.measured)}`, ''],
  )

const EXPANSION_NAMES = {
  none: 'nothing (synonyms alone)',
  glossary: 'glossary',
  lexicon: 'learned lexicon',
  both: 'both',
} as const

const crossLanguageOf = ({ rows, leftOut, measured }: NonNullable<ReportFigures['crossLanguage']>): string[] => [
  '## Questions in one language, passages in the other',
  '',
  'While a set is asked, the passages of its own language are withdrawn where the direction goes to the other one; the lexicon is never learned from the act',
  `that is asked about. By what the words of a question are translated. ${said(measured)}`,
  '',
  table(
    ['set', 'direction', 'translated by', 'queries', 'recall@10', 'MRR@10', 'nDCG@10', 'recall@10 / without'],
    rows.map((row) => {
      const without = rows.find(
        ({ set, direction, expansion }) => set === row.set && direction === row.direction && expansion === 'none',
      )
      return [
        row.set,
        row.direction,
        EXPANSION_NAMES[row.expansion],
        String(row.queries),
        part(row.recall10),
        part(row.mrr10),
        part(row.ndcg10),
        without === undefined || row.expansion === 'none' ? '' : ratio(row.recall10, without.recall10),
      ]
    }),
  ),
  '',
  'Without translations there are still the synonyms of `content/language`, which join both languages. Where nothing but texts of the other language is held, they',
  'alone find most of what is found at all, so that threefold is out of reach there; where texts of the own language stand in the way, which do not answer, translations are',
  'what finds the others.',
  '',
  ...Object.entries(leftOut).map(
    ([set, count]) =>
      `${set}: ${count} cases left out, their provisions have no passage in the language that should answer.\n`,
  ),
]

/** Why whole questions over tiny sets take ours longer than plain engines, with what both were measured to take. */
const wholeQuestionsOf = (rows: NonNullable<ReportFigures['quality']>['rows']): string[] => {
  const span = (engines: readonly string[]): string | null => {
    const times = rows
      .filter(({ engine, distortion }) => distortion === 'clean' && engines.includes(engine))
      .map(({ msPerQuery }) => msPerQuery)
    return times.length === 0 ? null : `${ms(Math.min(...times))} to ${ms(Math.max(...times))}`
  }
  const [plain, ours] = [span(['five-letters', 'minisearch']), span(['lexical', 'hybrid'])]
  if (plain === null || ours === null) return []
  return [
    `Over these tiny sets, of 246 and 105 short texts, the plainest engines (the five-letter cut, MiniSearch as it comes) answer a whole question in ${plain} ms,`,
    `ours in ${ours}: it reads each question in both languages and in every way it may have been typed. What an operator waits for, letter by letter`,
    'over larger corpora, is measured under speed.',
  ]
}

const qualityOf = ({ rows, absent, notes = [], measured }: NonNullable<ReportFigures['quality']>): string[] => {
  const sets = [...new Set(rows.map(({ set }) => set))].sort()
  const order = Object.keys(ENGINE_NAMES)
  const engines = [...new Set(rows.map(({ engine }) => engine))].sort(
    (left, right) => order.indexOf(left) - order.indexOf(right),
  )
  const earlier = engines.flatMap((engine) => {
    const row = rows.find((one) => one.engine === engine)
    return row === undefined || said(row.measured) === said(measured)
      ? []
      : [`${nameOf(engine)}: ${said(row.measured)}`, '']
  })
  const clean = (set: string, engine: string) =>
    rows.find((row) => row.set === set && row.engine === engine && row.distortion === 'clean')
  const lines = [
    '## Quality',
    '',
    'BEIR files of a Russian set (XQuAD) and a Kazakh one (KazQAD). Every engine gets the same passages and the same queries.',
    `${said(measured)} Time of a query: the engine alone, without HTTP but for Meilisearch, one query after the other.`,
    ...wholeQuestionsOf(rows),
    '',
    '![nDCG@10 of all engines, clean and distorted queries](images/search-report-quality.svg)',
    '',
  ]
  for (const set of sets) {
    lines.push(`### ${set}`, '')
    lines.push(
      table(
        ['engine', 'nDCG@10', 'MRR@10', 'hit@1', 'recall@10', 'recall@100', 'ms a query'],
        engines.flatMap((engine) => {
          const row = clean(set, engine)
          return row === undefined
            ? []
            : [
                [
                  nameOf(engine),
                  ...[row.ndcg10, row.mrr10, row.hit1, row.recall10, row.recall100].map((value) => value.toFixed(4)),
                  ms(row.msPerQuery),
                ],
              ]
        }),
      ),
      '',
    )
    const distortions = [
      ...new Set(rows.filter((row) => row.set === set && row.distortion !== 'clean').map((row) => row.distortion)),
    ]
    lines.push('nDCG@10 of distorted queries, and its share of that of the clean ones:', '')
    lines.push(
      table(
        ['engine', ...distortions],
        engines.map((engine) => [
          nameOf(engine),
          ...distortions.map((distortion) => {
            const row = rows.find((one) => one.set === set && one.engine === engine && one.distortion === distortion)
            return row === undefined ? '–' : `${part(row.ndcg10)} (${Math.round(row.kept * 1000) / 10} %)`
          }),
        ]),
      ),
      '',
    )
  }
  const used = Object.entries(DISTORTIONS).filter(([name]) => rows.some(({ distortion }) => distortion === name))
  lines.push(...used.map(([name, { what }]) => `- \`${name}\`: ${what}`), '')
  lines.push(...notes.flatMap((note) => [note, '']))
  lines.push(...earlier)
  for (const [engine, why] of Object.entries(absent))
    if (!engines.includes(engine)) lines.push(`Not measured: ${nameOf(engine)} (${why}).`, '')
  return lines
}

const domainOf = ({ rows, leftOut, measured }: NonNullable<ReportFigures['domain']>): string[] => [
  '## What callers ask, over the Rules and the acts',
  '',
  `${rows.filter(({ group }) => group === 'tuned' || group === 'held out').reduce((sum, { queries }) => sum + queries, 0)} queries of \`evals/cases/search-domain.yaml\`, through the whole of search. ${said(measured)}`,
  '',
  table(
    ['group', 'queries', 'hit@1', 'MRR@10', 'nDCG@10'],
    rows.map(({ group, queries, hit1, mrr10, ndcg10 }) => [
      group,
      String(queries),
      part(hit1),
      part(mrr10),
      part(ndcg10),
    ]),
  ),
  '',
  ...Object.entries(leftOut).map(
    ([act, count]) => `Left out: ${count} queries about act ${act}, which was not there.\n`,
  ),
]

const speedOf = ({ rows, measured }: NonNullable<ReportFigures['speed']>): string[] => [
  '## Speed by size of the corpus',
  '',
  'Corpora grown from real sentences (`evals/bench/grow-corpus.ts`); what an operator types, letter by letter, over the domain cases; plain MiniSearch',
  `(prefix, fuzzy 0.2) gets the same keystrokes in the same run. ${said(measured)}`,
  '',
  '![Time of a keystroke by size of the corpus](images/search-report-speed.svg)',
  '',
  table(
    [
      'passages',
      'ours p50 / p95 / p99, ms',
      'MiniSearch p50 / p95 / p99, ms',
      'ratio p50',
      'p95',
      'p99',
      'passages that match, mean',
      'µs for 1,000 of them, p50',
    ],
    rows.map(({ passages, keystroke, plainKeystroke, matching }) => [
      whole(passages),
      `${ms(keystroke.p50)} / ${ms(keystroke.p95)} / ${ms(keystroke.p99)}`,
      `${ms(plainKeystroke.p50)} / ${ms(plainKeystroke.p95)} / ${ms(plainKeystroke.p99)}`,
      ratio(keystroke.p50, plainKeystroke.p50),
      ratio(keystroke.p95, plainKeystroke.p95),
      ratio(keystroke.p99, plainKeystroke.p99),
      whole(matching),
      whole((keystroke.p50 * 1_000_000) / Math.max(matching, 1)),
    ]),
  ),
  '',
  table(
    [
      'passages',
      'built, s',
      'MiniSearch built, s',
      'memory, MB',
      'MiniSearch memory, MB',
      'a passage changed, ms',
      'restart, s (of processor)',
      'restart without a snapshot, s (of processor)',
      'snapshot, MB',
    ],
    rows.map((row) => {
      const { anew, load, reconcile, snapshotMb } = row.restart
      const seconds = (value: number) => (value / 1000).toFixed(value < 10_000 ? 2 : 1)
      return [
        whole(row.passages),
        seconds(row.buildMs),
        seconds(row.plainBuildMs),
        whole(row.heapMb),
        whole(row.plainHeapMb),
        ms(row.changeMs),
        `${seconds(load.ms + reconcile.ms)} (${seconds(load.cpuMs + reconcile.cpuMs)})`,
        `${seconds(anew.ms)} (${seconds(anew.cpuMs)})`,
        whole(snapshotMb),
      ]
    }),
  ),
  '',
  ...measuredApart(rows, measured, ({ passages }) => `${whole(passages)} passages`),
]

const DATABASES = { pglite: 'PGlite (embedded)', postgres: 'PostgreSQL' } as const

const servedOf = ({ rows, measured }: NonNullable<ReportFigures['served']>): string[] => {
  const operators = [...new Set(rows.flatMap(({ keystrokes }) => keystrokes.map((one) => one.operators)))]
  const times = ({ times: { p50, p95, p99 } }: { times: { p50: number; p95: number; p99: number } }): string =>
    `${ms(p50)} / ${ms(p95)} / ${ms(p99)}`
  return [
    '## What an operator meets, through HTTP',
    '',
    'A whole server over the same corpora and the starter content, asked by a process of its own on the same machine: sign-in, both indexes, the database, the',
    `shaped list. Keystrokes of one operator, and how many a second are served to several who type on without a pause; answers are extractive. ${said(measured)}`,
    '',
    table(
      [
        'database',
        'passages',
        'a keystroke, p50 / p95 / p99, ms',
        ...operators.map((count) => `keystrokes a second, ${count} at once`),
        'an answer, p50 / p95 / p99, ms',
        'a request that does nothing, p50, ms',
        'failed',
        'indexed and embedded, s',
        'started again, s',
      ],
      rows.map((row) => {
        const by = new Map(row.keystrokes.map((one) => [one.operators, one]))
        const [first] = row.keystrokes
        return [
          DATABASES[row.engine],
          whole(row.passages),
          first === undefined ? '–' : times(first),
          ...operators.map((count) => whole(by.get(count)?.perSecond ?? 0)),
          times(row.answer),
          ms(row.health.times.p50),
          String([row.health, row.answer, ...row.keystrokes].reduce((sum, { failed }) => sum + failed, 0)),
          (row.indexMs / 1000).toFixed(1),
          (row.restartMs / 1000).toFixed(1),
        ]
      }),
    ),
    '',
    ...measuredApart(rows, measured, ({ engine, passages }) => `${DATABASES[engine]}, ${whole(passages)} passages`),
  ]
}

const rebuildOf = ({ rows, measured, notes = [] }: NonNullable<ReportFigures['rebuild']>): string[] => [
  '## Searches while the index is made anew',
  '',
  'Searches through the whole of search (both indexes, database) while the index is rebuilt again and again and passages are published and withdrawn.',
  `Missed: a passage that was published all the while and is the best was not shown. ${said(measured)}`,
  '',
  table(
    [
      'engine',
      'passages',
      'searches',
      'rebuilds',
      'published',
      'withdrawn',
      'failed',
      'showed withdrawn text',
      'missed',
      'answered by a stand-in',
      'p50 / p95 / p99, ms',
    ],
    rows.map((row) => [
      row.engine,
      whole(row.passages),
      whole(row.searches),
      whole(row.rebuilds),
      whole(row.published),
      whole(row.withdrawn),
      String(row.failed),
      String(row.withdrawnShown),
      String(row.missed),
      whole(row.degraded),
      `${ms(row.times.p50)} / ${ms(row.times.p95)} / ${ms(row.times.p99)}`,
    ]),
  ),
  '',
  ...notes.flatMap((note) => [note, '']),
  ...measuredApart(rows, measured, ({ engine }) => engine),
]

/** The report as Markdown, of the parts that were measured. */
export const reportText = (figures: ReportFigures): string =>
  [
    '# Search, measured',
    '',
    '`npm run evals -- report` measures everything below and writes this page, its plots and `search-report.json`, from which',
    '`npm run evals -- report --only text` writes page and plots again. The sets and acts stand beside the project and are no part of it.',
    '',
    ...(figures.quality === undefined ? [] : qualityOf(figures.quality)),
    ...(figures.domain === undefined ? [] : domainOf(figures.domain)),
    ...(figures.crossLanguage === undefined ? [] : crossLanguageOf(figures.crossLanguage)),
    ...(figures.speed === undefined ? [] : speedOf(figures.speed)),
    ...(figures.served === undefined ? [] : servedOf(figures.served)),
    ...(figures.rebuild === undefined ? [] : rebuildOf(figures.rebuild)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')

const PLOTTED: readonly Distortion[] = ['clean', 'inflected', 'typos', 'us-layout', 'latin', 'first-letters']

/** The plots by file name. */
export function reportPlots({ quality, speed }: ReportFigures): Map<string, string> {
  const plots = new Map<string, string>()
  if (quality !== undefined) {
    const { rows } = quality
    const panels = [...new Set(rows.map(({ set }) => set))].map((set) => ({
      title: set,
      rows: [...new Set(rows.map(({ engine }) => engine))].map((engine) => ({
        name: nameOf(engine),
        values: PLOTTED.map(
          (distortion) =>
            rows.find((row) => row.set === set && row.engine === engine && row.distortion === distortion)?.ndcg10 ??
            null,
        ),
      })),
    }))
    plots.set('search-report-quality.svg', dotPlot('nDCG@10, by how queries are typed', PLOTTED, panels))
  }
  if (speed !== undefined && speed.rows.length > 0) {
    const { rows } = speed
    const line = (name: string, of: (row: (typeof rows)[number]) => number) => ({
      name,
      points: rows.map((row) => [row.passages, Math.max(of(row), 0.001)] as const),
    })
    plots.set(
      'search-report-speed.svg',
      linePlot('Time of a keystroke', { x: 'passages', y: 'ms' }, [
        line('ours, p95', ({ keystroke }) => keystroke.p95),
        line('MiniSearch (prefix, fuzzy), p95', ({ plainKeystroke }) => plainKeystroke.p95),
        line('ours, p50', ({ keystroke }) => keystroke.p50),
        line('MiniSearch, p50', ({ plainKeystroke }) => plainKeystroke.p50),
      ]),
    )
  }
  return plots
}
