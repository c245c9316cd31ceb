import { conflict, DomainError, type Said } from '#server/errors.ts'
import { LONGEST_QUESTION } from './sample-questions-file.ts'

/** Said beside the form, in the language of its reader. */
export const refused = (path: 'actId' | 'eid' | 'gap' | 'text', said: Said): DomainError =>
  new DomainError('validation-failed', said.en, { said, faults: [{ path, message: said.ru, said }] })

/** The same question, typed with or without its mark. */
export const alike = (text: string): string => text.toLowerCase().replaceAll(/[?!.\s]+$/gu, '')

/** As a pattern of `like`: the letters wherever they stand. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`

/** @throws DomainError `validation-failed` of a question that is too long once personal data is masked */
export function withinLength(masked: string): void {
  if (masked.length > LONGEST_QUESTION)
    throw refused('text', {
      ru: `Вопрос длиннее ${LONGEST_QUESTION} знаков после того, как личные данные заменены. Сократите его.`,
      kk: `Жеке деректер ауыстырылғаннан кейін сұрақ ${LONGEST_QUESTION} таңбадан ұзын. Оны қысқартыңыз.`,
      en: `The question is longer than ${LONGEST_QUESTION} characters once personal data is masked. Shorten it.`,
    })
}

/** Of a question that a file says: it is taken out there. */
export const standsInFile = (name: string | null): DomainError => {
  const file = name === null ? 'content/questions' : `content/questions/${name}`
  return conflict(
    {
      ru: `Этот вопрос стоит в файле ${file}. Уберите его там: при следующей загрузке он исчезнет и здесь.`,
      kk: `Бұл сұрақ ${file} файлында тұр. Оны сол жерден алыңыз: келесі жүктегенде мұнда да жоғалады.`,
      en: `This question stands in the file ${file}. Take it out there: with the next load it goes here too.`,
    },
    { file },
  )
}
