import { expect, it } from 'vitest'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { readScopeRules } from './read-scope-rules.ts'
import type { OperatorGroup } from './scope-rules.ts'
import { settlesQuestion, type CitedText } from './settles-question.ts'

const scope = await readScopeRules('content')

const ADVOCATES: CitedText = {
  title:
    'Об утверждении Правил оказания государственных услуг по вопросам адвокатской деятельности\nКак получить лицензию',
  quote:
    'Лицо, претендующее на занятие адвокатской деятельностью, направляет через веб-портал заявление, удостоверенное ЭЦП, чтобы получить лицензию.',
}
const ESTATE: CitedText = {
  title:
    'Об утверждении Правил оказания государственной услуги «Государственная регистрация прав на недвижимое имущество»',
  quote: 'Срок электронной регистрации составляет один рабочий день.',
}
const ESTATE_KK: CitedText = {
  title: '«Жылжымайтын мүлікке құқықтарды мемлекеттік тіркеу» мемлекеттік қызметін көрсету қағидалары',
  quote: 'Цифрлық тіркеу мерзімі бір жұмыс күнін құрайды.',
}
const DEFINITION: CitedText = {
  title: 'Понятия и сокращения Правил',
  quote:
    'информационно-коммуникационная услуга – услуга или совокупность услуг по имущественному найму (аренде, временному использованию) вычислительных ресурсов',
}
const APPEALS: CitedText = {
  title: 'Вопрос не к нам, перевод звонка, подача обращения через www.gov.kz',
  quote: 'Единый контакт-центр консультирует по вопросам подачи обращений через интернет-ресурс www.gov.kz.',
}
const OUTAGES: CitedText = {
  title: 'Вопросы государственных органов об ИК-услугах и перерывы в их оказании',
  quote: 'оператор ИКИ не позднее чем за двадцать четыре часа уведомляет',
}
const REPORTS: CitedText = {
  title: 'Ежемесячные отчёты и пояснения к ним',
  quote: 'Единый контакт-центр к пятому числу представляет отчёт по вопросам оказания услуг.',
}

/** п. 11, 34–36: whether what was answered is the matter of the question. */
const CASES: [string, OperatorGroup, CitedText, boolean][] = [
  ['Как получить ЭЦП', 'e-government', ADVOCATES, false],
  ['ЭЦҚ кілтін қалай жаңартамын', 'e-government', ESTATE_KK, false],
  ['сколько стоит получить эцп', 'e-government', ADVOCATES, false],
  ['егов не открывается', 'e-government', ESTATE, false],
  ['без эцп можно получить лицензию адвоката?', 'e-government', ADVOCATES, true],
  ['срок цифровой регистрации прав', 'e-government', ESTATE, true],
  ['цифрлық тіркеу мерзімі', 'e-government', ESTATE_KK, true],
  ['аренда виртуального сервера', 'ict', DEFINITION, false],
  ['виртуалды сервер жалға алу', 'ict', DEFINITION, false],
  ['аренда вычислительных ресурсов', 'ict', DEFINITION, false],
  ['не работает почта gov.kz', 'ict', APPEALS, false],
  ['что такое информационно-коммуникационная услуга', 'ict', DEFINITION, true],
  ['За сколько предупреждают об отключении ИК-услуг', 'ict', OUTAGES, true],
  ['отчёт по икт-услугам', 'ict', REPORTS, true],
]

it.each(CASES)('«%s», %s', (question, group, cited, settled) => {
  expect(settlesQuestion(scope, { question, lang: detectLanguage(question), group, cited: [cited] })).toBe(settled)
})
