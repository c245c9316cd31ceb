import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ingestFile } from '#server/content/ingest-file.ts'
import { CONTENT, type TestApp } from './harness.ts'

/** A made-up order in both languages: for tests that need an act in Kazakh, or one that may be spoilt. */
export const ARCHIVE_ACT = '900101'

/** What it answers, and the words that answer it. */
export const ARCHIVE_QUESTION = {
  ru: 'Какой срок выдачи архивной справки?',
  kk: 'Мұрағат анықтамасын беру мерзімі қанша?',
}
export const ARCHIVE_TERM = { ru: '15 (пятнадцать) рабочих дней', kk: '15 (он бес) жұмыс күнін' }

const meta = (day: string) => `act_code: '${ARCHIVE_ACT}'
requisite: Приказ Министра культуры Республики Казахстан от 12 марта 2024 года № 91
title:
  rus: Об утверждении Правил выдачи архивной справки
  kaz: Мұрағат анықтамасын беру қағидаларын бекіту туралы
version_date:
  kaz: ${day}
  rus: ${day}
source:
  kaz: https://zan.gov.kz/client/#!/doc/${ARCHIVE_ACT}/kaz/12.03.2024
  rus: https://zan.gov.kz/client/#!/doc/${ARCHIVE_ACT}/rus/12.03.2024
`

const RUSSIAN = `# Об утверждении Правил выдачи архивной справки

ПРИКАЗЫВАЮ:

1. Утвердить прилагаемые Правила выдачи архивной справки.

2. Настоящий приказ вводится в действие со дня его первого официального опубликования.

> *Утверждены приказом*
> *Министра культуры*
> *от 12 марта 2024 года № 91*

## Правила выдачи архивной справки

### Глава 1. Порядок выдачи

1. Архивную справку выдает государственный архив по заявлению гражданина.

2. Срок выдачи архивной справки составляет 15 (пятнадцать) рабочих дней со дня регистрации заявления.

3. Плата за выдачу архивной справки составляет 2 МРП.

4. Архив не вправе отказать в приеме заявления, поданного через портал.

5. Архив вправе запросить у заявителя копию документа, удостоверяющего личность.

6. Заявитель обязан указать период, за который запрашиваются сведения.

7. Жалоба на отказ в выдаче справки подается в течение десяти календарных дней в вышестоящий архив.

8. Сведения о частной жизни третьих лиц в архивную справку не включаются.
`

const KAZAKH = `# Мұрағат анықтамасын беру қағидаларын бекіту туралы

БҰЙЫРАМЫН:

1. Қоса беріліп отырған Мұрағат анықтамасын беру қағидалары бекітілсін.

2. Осы бұйрық алғашқы ресми жарияланған күнінен бастап қолданысқа енгізіледі.

> *Мәдениет министрінің*
> *2024 жылғы 12 наурыздағы*
> *№ 91 бұйрығымен бекітілген*

## Мұрағат анықтамасын беру қағидалары

### 1-тарау. Беру тәртібі

1. Мұрағат анықтамасын азаматтың өтініші бойынша мемлекеттік мұрағат береді.

2. Мұрағат анықтамасын беру мерзімі өтініш тіркелген күннен бастап 15 (он бес) жұмыс күнін құрайды.

3. Мұрағат анықтамасын беру төлемі 2 АЕК құрайды.

4. Мұрағаттың портал арқылы берілген өтінішті қабылдаудан бас тартуға құқығы жоқ.

5. Мұрағат өтініш берушіден жеке басын куәландыратын құжаттың көшірмесін сұратуға құқылы.

6. Өтініш беруші мәліметтер сұратылатын кезеңді көрсетуге міндетті.

7. Анықтама беруден бас тартуға шағым күнтізбелік он күн ішінде жоғары тұрған мұрағатқа беріледі.

8. Үшінші тұлғалардың жеке өмірі туралы мәліметтер мұрағат анықтамасына енгізілмейді.
`

/** Point 2 as the amending order of 2026 words it. */
const CHANGED: Record<'rus' | 'kaz', [from: string, to: string]> = {
  rus: [
    '2. Срок выдачи архивной справки составляет 15 (пятнадцать) рабочих дней со дня регистрации заявления.',
    `2. Срок выдачи архивной справки составляет 10 (десять) рабочих дней со дня регистрации заявления.

*Сноска. Пункт 2 – в редакции приказа Министра культуры РК от 01.05.2026 № 120 (вводится в действие с 10.05.2026).*`,
  ],
  kaz: [
    '2. Мұрағат анықтамасын беру мерзімі өтініш тіркелген күннен бастап 15 (он бес) жұмыс күнін құрайды.',
    `2. Мұрағат анықтамасын беру мерзімі өтініш тіркелген күннен бастап 10 (он) жұмыс күнін құрайды.

*Ескерту. 2-тармақ жаңа редакцияда – ҚР Мәдениет министрінің 01.05.2026 № 120 бұйрығымен (10.05.2026 бастап қолданысқа енгізіледі).*`,
  ],
}

/**
 * Ingests the order and waits until it can be found.
 * @param edition.changed the text as amended, on its day
 * @param edition.only in this language alone
 */
export async function ingestArchiveAct(
  t: TestApp,
  edition: { day?: string; changed?: boolean; only?: 'rus' | 'kaz' } = {},
): Promise<void> {
  const { day = '2024-03-12', changed = false, only } = edition
  const directory = await mkdtemp(join(tmpdir(), 'bilim-archive-'))
  try {
    await writeFile(join(directory, `${ARCHIVE_ACT}.${day}.meta.yaml`), meta(day))
    for (const [lang, text] of [
      ['rus', RUSSIAN],
      ['kaz', KAZAKH],
    ] as const) {
      if (only !== undefined && only !== lang) continue
      const path = join(directory, `${ARCHIVE_ACT}.${lang}.${day}.md`)
      await writeFile(path, changed ? text.replace(...CHANGED[lang]) : text)
      const { status, messages } = await ingestFile(t.ctx, { path, contentDir: CONTENT })
      if (status === 'refused') throw new Error(`the order was refused: ${JSON.stringify(messages)}`)
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
  t.deps.reconciler.request()
  await t.deps.reconciler.settle()
}
