import type { ActMeta, Lang } from '#ingest/acts/act.ts'
import type { ActSource } from '#ingest/acts/parse-source.ts'

/** Points of a chapter, which is an article of its own. */
const CHAPTER = 10
/** Each so many points the Kazakh text counts calendar days where the Russian one counts working days. */
const DIFFERING = 25
/** The day from which the amended point reads otherwise. */
const AMENDED = '2021-05-05'

const SAID: Record<Lang, (point: number, isAmended: boolean) => string> = {
  ru: (point, isAmended) =>
    `${String(point)}. Служба номер ${String(point)} отвечает на вопросы граждан о порядке ${String(point * 7)} в течение ${String((point % 9) + 2)} рабочих дней${isAmended ? ' и сообщает об этом письменно' : ''}.`,
  kk: (point, isAmended) =>
    `${String(point)}. ${String(point)}-нөмірлі қызмет азаматтардың ${String(point * 7)}-тәртіп туралы сұрақтарына ${String((point % 9) + 2)} ${point % DIFFERING === 0 ? 'күнтізбелік' : 'жұмыс'} күні ішінде жауап береді${isAmended ? ' және бұл туралы жазбаша хабарлайды' : ''}.`,
}
const NOTE: Record<Lang, (point: number) => string> = {
  ru: (point) =>
    `> *Сноска. Пункт ${String(point)} в редакции приказа Министра связи РК от 20.04.2021 № 12 (вводится в действие с 05.05.2021).*`,
  kk: (point) =>
    `> *Ескерту. ${String(point)}-тармақ жаңа редакцияда - ҚР Байланыс министрінің 20.04.2021 № 12 (05.05.2021 бастап қолданысқа енгізіледі) бұйрығымен.*`,
}
const HEADING: Record<Lang, (chapter: number) => string> = {
  ru: (chapter) => `### Глава ${String(chapter)}. Порядок ${String(chapter)}`,
  kk: (chapter) => `### ${String(chapter)}-тарау. ${String(chapter)}-тәртіп`,
}
const AROUND: Record<Lang, (number: string, body: string) => string> = {
  ru: (number, body) => `# Об утверждении Правил справочной службы ${number}

В соответствии с Законом Республики Казахстан «О связи» ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила.

2. Настоящий приказ вводится в действие с 20 мая 2020 года.

**Министр связи**

> *Утверждены приказом*
> *Министра связи*
> *от 5 мая 2020 года № ${number}*

## Правила справочной службы ${number}

${body}
`,
  kk: (number, body) => `# ${number}-анықтама қызметінің қағидаларын бекіту туралы

«Байланыс туралы» Қазақстан Республикасының Заңына сәйкес БҰЙЫРАМЫН:

1. Қоса беріліп отырған Қағидалар бекітілсін.

2. Осы бұйрық 2020 жылғы 20 мамырдан бастап қолданысқа енгізіледі.

**Байланыс министрі**

> *Байланыс министрінің*
> *2020 жылғы 5 мамырдағы*
> *№ ${number} бұйрығымен*
> *бекітілген*

## ${number}-анықтама қызметінің қағидалары

${body}
`,
}

/**
 * An invented order with so many points in chapters of ten, in a language, as the state legal base gives acts.
 * @param amended a point that reads otherwise since 5 May 2021, with the note that says so; null: none
 */
export function madeAct(lang: Lang, points: number, amended: number | null): ActSource {
  const number = String(90_000 + points)
  const chapters = Array.from({ length: Math.ceil(points / CHAPTER) }, (_, at) => {
    const own = Array.from({ length: Math.min(CHAPTER, points - at * CHAPTER) }, (_, index) => at * CHAPTER + index + 1)
    const said = own.flatMap((point) => [
      SAID[lang](point, point === amended),
      ...(point === amended ? [NOTE[lang](point)] : []),
    ])
    return [HEADING[lang](at + 1), ...said].join('\n\n')
  })
  const versionDate = amended === null ? '2020-05-20' : AMENDED
  const meta: ActMeta = {
    actCode: number,
    requisites: {
      kind: 'приказ',
      issuer: 'Министра связи Республики Казахстан',
      date: '2020-05-05',
      number,
      registration: null,
      inForce: { rule: 'date', date: '2020-05-20' },
    },
    titles: {},
    versionDates: { ru: versionDate, kk: versionDate },
    links: {},
    causedBy: null,
  }
  return {
    name: `made-${number}.${lang}.md`,
    text: AROUND[lang](number, chapters.join('\n\n')),
    lang,
    meta,
    versionDate,
  }
}
