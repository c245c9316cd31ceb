import type { Answer } from '#server/answers/schema.ts'

/** What the chat model was not given of question and passages, in the language of the answer; empty when it had all. */
export const sayLeftOut = ({ leftOut, quarantined, lang }: Answer): string => {
  const told = leftOut.map((text) => `«${text}»`).join(' ')
  const lines =
    lang === 'ru'
      ? [
          `Часть вопроса не передана модели, она похожа на указание ей: ${told}`,
          `Модели не показано отрывков, похожих на указание ей: ${quarantined}.`,
        ]
      : [
          `Сұрақтың бір бөлігі модельге берілмеді, ол модельге нұсқау сияқты: ${told}`,
          `Модельге көрсетілмеген, нұсқау сияқты үзінділер: ${quarantined}.`,
        ]
  return lines
    .filter((_, at) => (at === 0 ? leftOut.length > 0 : quarantined > 0))
    .map((line) => `${line}\n`)
    .join('')
}
