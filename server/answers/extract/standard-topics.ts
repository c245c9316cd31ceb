import type { Lang } from '#server/context.ts'
import type { ExpectedAnswer } from '../expected-answer.ts'

/**
 * What a row of the list of basic requirements to a state service tells. The rows are the same in every act on a service: the Law on State
 * Services names them (article 14, 3-1).
 */
export type StandardTopic =
  | 'provider'
  | 'channels'
  | 'term'
  | 'form'
  | 'result'
  | 'fee'
  | 'hours'
  | 'documents'
  | 'refusal'
  | 'other'

const HEADINGS: Record<Lang, [StandardTopic, RegExp][]> = {
  ru: [
    ['provider', /^наименование\s+услугодател/u],
    ['channels', /^способ\p{L}*\s+(?:предоставлени|оказани)/u],
    ['term', /^срок\p{L}*\s+(?:оказани|предоставлени)/u],
    ['form', /^форма\s+(?:оказани|предоставлени)/u],
    ['result', /^результат\p{L}*\s+(?:оказани|предоставлени)/u],
    ['fee', /^(?:размер\s+(?:о?плат|взимаем)|стоимость|плата)/u],
    ['hours', /^(?:график|режим)\s+работ/u],
    ['documents', /^перечень\s+(?:\p{L}+\s+){0,2}документов/u],
    ['refusal', /^основани\p{L}*\s+для\s+отказ/u],
    ['other', /^ин(?:ые|ое)\s+требовани/u],
  ],
  kk: [
    ['fee', /(?:төлем|төлемақы|ақы)\p{L}*\s+мөлшер/u],
    ['refusal', /бас\s+тарту\p{L}*\s+үшін\s+негіз/u],
    ['documents', /құжаттар\p{L}*(?:\s+мен\s+мәліметтер\p{L}*)?\s+тізбес/u],
    ['other', /өзге\s+де\s+талап/u],
    ['hours', /жұмыс\s+(?:кестес|график|графиг|уақыт|режим)/u],
    ['channels', /ұсыну\p{L}*\s+(?:тәсілдер|арна)/u],
    ['term', /көрсету\p{L}*\s+мерзім/u],
    ['form', /көрсету\p{L}*\s+нысан/u],
    ['result', /көрсету\p{L}*\s+нәтиже/u],
    ['provider', /беруші\p{L}*\s+атау/u],
  ],
}

/** Letters as the patterns have them: official Kazakh texts hold Latin `i` for `і`. */
const comparable = (text: string): string => text.toLowerCase().replaceAll('ё', 'е').replaceAll('i', 'і')

/** What a row tells by its heading, the first line of its text; `other` where the heading is none of the usual ones. */
export const topicOfRow = (text: string, lang: Lang): StandardTopic => {
  const heading = comparable(text.split('\n', 1)[0] ?? '')
  return HEADINGS[lang].find(([, pattern]) => pattern.test(heading))?.[0] ?? 'other'
}

const COMPLAINT: Record<Lang, RegExp> = { ru: /жал[оу]б|жалова|обжал/u, kk: /шағым/u }
const TERMS = new Set<ExpectedAnswer['kind']>(['duration', 'day', 'length', 'years'])

const ASKED: Record<Lang, [StandardTopic, RegExp][]> = {
  ru: [
    [
      'fee',
      /сколько\s+(?:\p{L}+\s+){0,2}(?:сто[ия]т|плат|заплат|обойд|тенге|денег)|платн|(?<!\p{L})плат[аы]|цен[аыуе]|стоимост|тариф|пошлин|оплат|(?<!\p{L})сбор|деньг|почем/u,
    ],
    [
      'hours',
      /график|режим\p{L}*\s+работ|час[ыа]\s+работ|работа[ею]т|открыт|обед|выходн|суббот|ночью|круглосуточ|до\s+скольки|во\s+сколько/u,
    ],
    [
      'documents',
      /(?:как(?:ие|ой|ую)|перечень|список|нужн|собрать|прилож|принест|подготов|(?<!\p{L})нести|сдать|набор)[^.!?]*(?:документ|бумаг|справк)|^\s*(?:документ|бумаг)|что\s+(?:\p{L}+\s+){0,2}(?:нужно|надо|принест|взять|прилож|собрать|подготов)/u,
    ],
    ['refusal', /отказ|откаж|(?:почему|причин\p{L}*)\s+(?:могут|мне)|не\s+(?:дадут|дать|выдать|выдадут)|отклон/u],
    [
      'result',
      /на\s+руки|результат|что\s+(?:\p{L}+\s+){0,2}(?:дадут|выда|получ)|какой\s+документ\s+(?:\p{L}+\s+)?(?:выда|дадут|получ)/u,
    ],
    [
      'channels',
      /куда|где|через\s+что|онлайн|интернет|егов|egov|портал|сайт|(?<!\p{L})цон|госкорпорац|каким\s+(?:способ|образ)/u,
    ],
    [
      'provider',
      /(?<!\p{L})(?:кто|кем|кому)(?!\p{L})|как(?:ой|ая|им)\s+(?:\p{L}+\s+)?(?:орган|организац|ведомств|министерств)/u,
    ],
    ['form', /электронн|бумажн|на\s+бумаге|цифров/u],
    ['other', /инвалид|на\s+дом|выезд|маломобил|стади[яию]|статус|адрес/u],
  ],
  kk: [
    ['fee', /қанша\s+(?:\p{L}+\s+)?(?:тұрады|төле|ақша)|ақылы|ақысы|тегін|құны|бағасы|төлем|төлей|алым|тариф/u],
    [
      'hours',
      /жұмыс\s+(?:кесте|уақыт|істе|график)|істей\s+ме|түскі|сенбі|демалыс|түнде|нешеде|нешеге\s+дейін|ашық\s+па/u,
    ],
    [
      'documents',
      /қандай\s+(?:\p{L}+\s+)?(?:құжат|қағаз|анықтама)|құжат\p{L}*\s+(?:тізім|керек)|не\s+(?:\p{L}+\s+)?(?:тапсыр|апар|әкел|жина|керек)/u,
    ],
    ['refusal', /бас\s+тарт|бермеуі|бермей/u],
    ['result', /не\s+(?:береді|аламын|алам)|құжат\s+(?:береді|аламын)|нәтиже|қолыма/u],
    [
      'channels',
      /қайда|қай\s+(?:сайт|портал)|портал|интернет|онлайн|егов|egov|(?<!\p{L})цон|қалай\s+(?:беремін|тапсырамын)/u,
    ],
    ['provider', /(?<!\p{L})кім(?:дер)?(?!\p{L})|қай\s+(?:орган|мекеме|ұйым|министрлік)/u],
    ['form', /электронд|қағаз|цифрлық/u],
    ['other', /мүгедек|үйіне|үйге|сатысы|мәртебе|мекенжай/u],
  ],
}

/** What a question may ask of a service, by its words and by what its answer must hold. */
export const topicsOfQuestion = (
  question: string,
  lang: Lang,
  { kind }: Pick<ExpectedAnswer, 'kind'>,
): StandardTopic[] => {
  const text = comparable(question)
  // Complaints have points of their own.
  if (COMPLAINT[lang].test(text)) return []
  if (TERMS.has(kind)) return ['term']
  const topics = ASKED[lang].flatMap(([topic, pattern]) => (pattern.test(text) ? [topic] : []))
  if (kind === 'schedule' && !topics.includes('hours')) topics.push('hours')
  return topics
}
