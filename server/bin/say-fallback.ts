import type { Fallback, FallbackReason } from '#server/answers/schema.ts'
import type { Lang } from '#server/context.ts'

const REASONS: Record<Lang, Record<FallbackReason, string>> = {
  ru: {
    busy: 'её сервер перегружен',
    refused: 'её сервер не принял запрос (проверьте CHAT_KEY и CHAT_MODEL)',
    'server-error': 'на её сервере ошибка',
    unreachable: 'её сервер не отвечает',
    'first-token-timeout': 'она не начала отвечать вовремя',
    stalled: 'она замолчала на середине',
    'out-of-time': 'она не успела ответить',
    'broken-off': 'её ответ оборвался',
    'out-of-tokens': 'исчерпан предел токенов на ответ',
    'out-of-money': 'исчерпаны деньги на сегодня',
    unreadable: 'её ответ нельзя разобрать',
    resting: 'её не спрашивают после нескольких сбоев подряд',
    'nothing-verified': 'ничто из сказанного ею не подтвердилось',
    'found-nothing': 'она ответа не нашла',
  },
  kk: {
    busy: 'оның сервері бос емес',
    refused: 'оның сервері сұрауды қабылдамады (CHAT_KEY мен CHAT_MODEL мәнін тексеріңіз)',
    'server-error': 'оның серверінде қате',
    unreachable: 'оның сервері жауап бермейді',
    'first-token-timeout': 'ол уақытында жауап бере бастамады',
    stalled: 'ол ортасында үнсіз қалды',
    'out-of-time': 'ол жауап беріп үлгермеді',
    'broken-off': 'оның жауабы үзілді',
    'out-of-tokens': 'жауапқа арналған токендер таусылды',
    'out-of-money': 'бүгінгі ақша таусылды',
    unreadable: 'оның жауабын оқу мүмкін емес',
    resting: 'бірнеше ақаудан кейін одан сұралмайды',
    'nothing-verified': 'ол айтқанның ешқайсысы расталмады',
    'found-nothing': 'ол жауап таппады',
  },
}

/** Why another answerer spoke in place of the chat model, in the language of the answer. */
export const sayFallback = ({ from, reason }: Fallback, lang: Lang): string =>
  lang === 'ru'
    ? `Модель ${from}: ${REASONS.ru[reason]}. Показаны дословные выдержки.`
    : `${from} моделі: ${REASONS.kk[reason]}. Сөзбе-сөз үзінділер көрсетілді.`
