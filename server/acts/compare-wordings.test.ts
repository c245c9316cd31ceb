import { describe, expect, test } from 'vitest'
import { sha256 } from '#server/ids.ts'
import { compareWordings } from './compare-wordings.ts'
import type { ProvisionRow } from './queries.ts'

type Said = readonly [num: number, text: string, subpoints?: readonly (readonly [number, string])[]]

const row = (
  eid: string,
  parentEid: string | null,
  kind: 'point' | 'subpoint' | 'chapter',
  label: string,
  text: string,
) =>
  ({
    id: `prv_${eid}`,
    actId: 'act_1',
    lang: 'ru',
    eid,
    parentEid,
    kind,
    ord: 0,
    num: label,
    label,
    heading: kind === 'chapter' ? text : null,
    text: kind === 'chapter' ? '' : text,
    raw: text,
    line: 1,
    status: text === 'Исключен.' ? 'excluded' : 'in-force',
    form: null,
    cells: null,
    references: [],
    definition: null,
    contentHash: sha256(`${kind} ${label} ${text}`),
    editionId: 'edn_1',
    changedBy: null,
    wordingDate: '2026-01-01',
    validFrom: '2026-01-01',
    validFromKnown: true,
    validTo: null,
    endedBy: null,
  }) satisfies ProvisionRow

const chapter = (chp: number, points: readonly Said[]): ProvisionRow[] => [
  row(`chp_${chp}`, null, 'chapter', `гл. ${chp}`, `Глава о предмете ${chp}`),
  ...points.flatMap(([num, text, subpoints = []]) => [
    row(`chp_${chp}__para_${num}`, `chp_${chp}`, 'point', `п. ${num}`, text),
    ...subpoints.map(([sub, said]) =>
      row(
        `chp_${chp}__para_${num}__subpara_${sub}`,
        `chp_${chp}__para_${num}`,
        'subpoint',
        `п. ${num} пп. ${sub}`,
        said,
      ),
    ),
  ]),
]

/** «п. 3 <- п. 2 moved»; a star where its words changed as well. */
const told = (before: readonly ProvisionRow[], after: readonly ProvisionRow[]): string[] =>
  compareWordings(before, after).map(({ before: was, after: is, kind, parts }) => {
    const moved = kind === 'moved' ? ` <- ${was?.label ?? ''}` : ''
    const reworded = kind === 'moved' && parts.some((part) => part.kind !== 'same') ? '*' : ''
    return `${(is ?? was)?.label ?? ''}${moved} ${kind}${reworded}`
  })

const APPLY = 'Заявитель подаёт заявление через портал электронного правительства в любое время.'
const REGISTER = 'Услугодатель регистрирует заявление в день его поступления в систему.'
const RESULT = 'Результат направляется в личный кабинет заявителя в форме документа.'
const NEW = 'Новый пункт о государственной корпорации и её обязанностях перед обратившимися.'
const term = (what: string) => `Срок рассмотрения ${what} составляет 3 рабочих дня.`
const three: Said[] = [
  [1, APPLY],
  [2, REGISTER],
  [3, RESULT],
]

const CASES: [what: string, before: ProvisionRow[], after: ProvisionRow[], told: string[]][] = [
  ['nothing changed', chapter(1, three), chapter(1, three), []],
  [
    'a new point put second',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, NEW],
      [3, REGISTER],
      [4, RESULT],
    ]),
    ['п. 2 added', 'п. 3 <- п. 2 moved', 'п. 4 <- п. 3 moved'],
  ],
  [
    'the second taken out, the third closes up',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, RESULT],
    ]),
    ['п. 2 <- п. 3 moved', 'п. 2 removed'],
  ],
  [
    'moved far away with one word changed',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, REGISTER],
      [9, RESULT.replace('личный', 'электронный')],
    ]),
    ['п. 9 <- п. 3 moved*'],
  ],
  [
    'two changed places',
    chapter(1, three),
    chapter(1, [
      [1, REGISTER],
      [2, APPLY],
      [3, RESULT],
    ]),
    ['п. 1 <- п. 2 moved', 'п. 2 <- п. 1 moved'],
  ],
  [
    'two changed places, a word of each changed',
    chapter(1, three),
    chapter(1, [
      [1, REGISTER.replace('систему', 'канцелярию')],
      [2, APPLY.replace('портал', 'сайт')],
      [3, RESULT],
    ]),
    ['п. 1 <- п. 2 moved*', 'п. 2 <- п. 1 moved*'],
  ],
  [
    'put in before points of which one is amended at once',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, NEW],
      [3, REGISTER.replace('день', 'час')],
      [4, RESULT],
    ]),
    ['п. 2 added', 'п. 3 <- п. 2 moved*', 'п. 4 <- п. 3 moved'],
  ],
  [
    'restated with wholly other words',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, NEW],
      [3, RESULT],
    ]),
    ['п. 2 changed'],
  ],
  [
    'excluded keeps its number',
    chapter(1, three),
    chapter(1, [
      [1, APPLY],
      [2, 'Исключен.'],
      [3, RESULT],
    ]),
    ['п. 2 excluded'],
  ],
  [
    'formulas that differ in one word are not each other, moved',
    chapter(1, [
      [1, APPLY],
      [2, term('заявления')],
      [3, term('жалобы')],
      [4, term('запроса')],
    ]),
    chapter(1, [
      [1, APPLY],
      [2, term('заявления')],
      [3, term('жалобы')],
      [7, term('протокола')],
    ]),
    ['п. 7 added', 'п. 4 removed'],
  ],
  [
    'a formula amended in its place stays in its place',
    chapter(1, [
      [1, term('заявления')],
      [2, term('жалобы')],
      [3, term('запроса')],
    ]),
    chapter(1, [
      [1, term('заявления')],
      [2, term('протокола')],
      [3, term('запроса')],
    ]),
    ['п. 2 changed'],
  ],
  [
    'the same words in several points: none is moved without need',
    chapter(1, [
      [1, term('заявления')],
      [2, term('заявления')],
      [3, term('заявления')],
    ]),
    chapter(1, [
      [1, term('заявления')],
      [2, term('заявления')],
      [3, NEW],
    ]),
    ['п. 3 changed'],
  ],
  [
    'the same words in several points, and a new one before them',
    chapter(1, [
      [1, APPLY],
      [2, term('заявления')],
      [3, term('заявления')],
      [4, RESULT],
    ]),
    chapter(1, [
      [1, APPLY],
      [2, NEW],
      [3, term('заявления')],
      [4, term('заявления')],
      [5, RESULT],
    ]),
    ['п. 2 added', 'п. 3 <- п. 2 moved', 'п. 4 <- п. 3 moved', 'п. 5 <- п. 4 moved'],
  ],
  [
    'sub-points go along with their point; one that changed is told',
    chapter(1, [
      [1, APPLY],
      [
        2,
        'Услугодатель:',
        [
          [1, REGISTER],
          [2, RESULT],
        ],
      ],
    ]),
    chapter(1, [
      [1, APPLY],
      [2, NEW],
      [
        3,
        'Услугодатель:',
        [
          [1, REGISTER],
          [2, RESULT.replace('личный', 'общий')],
        ],
      ],
    ]),
    ['п. 2 added', 'п. 3 <- п. 2 moved', 'п. 3 пп. 2 <- п. 2 пп. 2 moved*'],
  ],
  [
    'a short sub-point put first',
    chapter(1, [
      [
        1,
        'К заявлению прилагаются:',
        [
          [1, 'паспорт;'],
          [2, 'справка.'],
        ],
      ],
    ]),
    chapter(1, [
      [
        1,
        'К заявлению прилагаются:',
        [
          [1, 'доверенность;'],
          [2, 'паспорт;'],
          [3, 'справка.'],
        ],
      ],
    ]),
    ['п. 1 пп. 1 added', 'п. 1 пп. 2 <- п. 1 пп. 1 moved', 'п. 1 пп. 3 <- п. 1 пп. 2 moved'],
  ],
  [
    'short words under another parent are no move',
    [
      ...chapter(1, [
        [1, APPLY],
        [2, 'Бесплатно.'],
      ]),
      ...chapter(2, [[3, RESULT]]),
    ],
    [
      ...chapter(1, [[1, APPLY]]),
      ...chapter(2, [
        [3, RESULT],
        [4, 'Бесплатно.'],
      ]),
    ],
    ['п. 4 added', 'п. 2 removed'],
  ],
  [
    'to another chapter, a word changed',
    [
      ...chapter(1, [
        [1, APPLY],
        [2, REGISTER],
      ]),
      ...chapter(2, [[3, RESULT]]),
    ],
    [
      ...chapter(1, [[1, APPLY]]),
      ...chapter(2, [
        [3, RESULT],
        [4, REGISTER.replace('систему', 'канцелярию')],
      ]),
    ],
    ['п. 4 <- п. 2 moved*'],
  ],
]

describe('what corresponds to what', () => {
  test.each(CASES)('%s', (_what, before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })

  test('a point put before hundreds of others moves them all, and nothing is called new words', () => {
    const many = Array.from({ length: 400 }, (_, i): Said => [
      i + 1,
      `${term(`заявления вида ${i}`)} Особенность ${i * 7}.`,
    ])
    const after = [[1, NEW] as Said, ...many.map(([num, text]): Said => [num + 1, text])]
    const kinds = compareWordings(chapter(1, many), chapter(1, after)).map(({ kind }) => kind)
    expect(kinds).toEqual(['added', ...many.map(() => 'moved')])
  })
})
