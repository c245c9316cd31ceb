import type { SubmissionMessage, SubmissionPlace } from './submission.ts'

type Values = SubmissionMessage['values']
interface Wording {
  severity: 'error' | 'warning'
  reason: (values: Values) => string
  mend: string
}
const error = (reason: string | Wording['reason'], mend: string): Wording => ({
  severity: 'error',
  reason: typeof reason === 'string' ? () => reason : reason,
  mend,
})
const warning = (reason: string | Wording['reason'], mend: string): Wording => ({
  ...error(reason, mend),
  severity: 'warning',
})

/** Every message of the parser: what is wrong and how to mend it. */
export const MESSAGES = {
  // The file as a whole.
  'file-empty': error('Файл пуст.', 'Проверьте, что файл сохранён и выгружен полностью, и отправьте его снова.'),
  'file-too-large': error(
    (v) => `Файл больше ${v['limit']} МБ.`,
    'Уберите рисунки и посторонние листы или разделите сведения на несколько файлов.',
  ),
  'format-unknown': error(
    'Это не таблица: читаются .xlsx, .csv, .docx и .json.',
    'Сохраните Приложение 1 в одном из этих форматов.',
  ),
  'format-old': error(
    'Файл старого формата Office (.xls, .doc) или защищён паролем.',
    'Снимите пароль и сохраните файл как «Книга Excel (.xlsx)» или «Документ Word (.docx)».',
  ),
  'format-unlike-name': warning(
    (v) => `Имя файла говорит о формате ${v['named']}, а содержание — ${v['format']}; прочитано по содержанию.`,
    'Сохраняйте файл с расширением его формата.',
  ),
  'format-html': error(
    'Внутри файла веб-страница (HTML), а не таблица.',
    'Откройте файл в Excel и сохраните как «Книга Excel (.xlsx)».',
  ),
  macros: error(
    (v) => `В файле есть макросы (${v['part']}); такие файлы не принимаются.`,
    'Сохраните файл как «Книга Excel (.xlsx)» или «Документ Word (.docx)» без макросов.',
  ),
  'zip-broken': error(
    'Файл повреждён: его упаковка не читается.',
    'Откройте файл в Excel или Word, сохраните заново и отправьте снова.',
  ),
  'zip-encrypted': error('Файл зашифрован.', 'Снимите пароль и отправьте файл снова.'),
  'zip-bomb': error(
    (v) => `Часть файла (${v['part']}) после распаковки непомерно велика.`,
    'Скопируйте таблицу в новую книгу (только значения) и отправьте её.',
  ),
  'xml-broken': error(
    (v) => `Файл повреждён: часть ${v['part']} не читается.`,
    'Откройте файл в Excel или Word, сохраните заново и отправьте снова.',
  ),
  'xml-declarations': error(
    (v) => `Часть ${v['part']} содержит объявления DOCTYPE, которых в документах Office не бывает; файл не принят.`,
    'Скопируйте таблицу в новую книгу и отправьте её.',
  ),
  'xml-deep': error(
    (v) => `Часть ${v['part']} вложена слишком глубоко.`,
    'Скопируйте таблицу в новую книгу и отправьте её.',
  ),
  'part-missing': error(
    (v) => `В файле нет обязательной части ${v['part']}.`,
    'Откройте файл в Excel или Word, сохраните заново и отправьте снова.',
  ),
  'too-many-sheets': error((v) => `В книге больше ${v['limit']} листов.`, 'Оставьте лист с Приложением 1.'),
  'too-much-text': error('В таблице слишком много текста.', 'Оставьте только таблицу Приложения 1.'),
  'too-many-rows': error(
    (v) => `Строк больше ${v['limit']}.`,
    'Разделите сведения на несколько файлов или удалите посторонние строки.',
  ),
  'too-many-merges': error('Объединённых ячеек слишком много.', 'Скопируйте таблицу в новую книгу (только значения).'),
  'encoding-unknown': error(
    'Не удалось определить кодировку текста.',
    'Сохраните файл как «CSV UTF-8 (разделитель — запятая)».',
  ),
  'encoding-uncertain': warning(
    (v) => `Кодировка определена по тексту: ${v['encoding']}.`,
    'Проверьте, что буквы прочитаны верно; надёжнее сохранять «CSV UTF-8».',
  ),
  'utf8-broken': error(
    (v) => `Текст в UTF-8 повреждён: негодный байт, строка ${v['line']} текста.`,
    'Сохраните файл заново в UTF-8 и отправьте снова.',
  ),
  binary: error('В файле двоичные данные, а не текст.', 'Сохраните таблицу как .xlsx или «CSV UTF-8».'),
  'csv-broken': error(
    (v) => `Таблица не читается дальше строки ${v['line']}: кавычка не закрыта или ячейка слишком велика.`,
    'Проверьте кавычки в этой строке: кавычка внутри ячейки пишется дважды.',
  ),
  'json-broken': error((v) => `Это не JSON: ${v['where']}.`, 'Проверьте запятые, кавычки и скобки в указанном месте.'),
  'json-shape': error(
    'JSON должен быть списком строк или объектом с полем rows, а каждая строка — объектом.',
    'Пришлите [{"registryNumber": "…", "name": "…", …}] или {"rows": [ … ]}.',
  ),
  'header-not-found': error(
    (v) =>
      v['found'] === ''
        ? 'Не найдена строка с названиями граф Приложения 1.'
        : `Строка с названиями граф не найдена; похожи на них только: ${v['found']}.`,
    'Оставьте над таблицей названия граф, как в форме Приложения 1 к Правилам.',
  ),
  'sheet-ambiguous': error(
    (v) => `Таблица Приложения 1 есть в нескольких местах: ${v['sheets']}.`,
    'Оставьте одну, остальные удалите, или отправьте их отдельными файлами.',
  ),
  'sheet-hidden': warning(
    (v) => `Таблица прочитана со скрытого листа «${v['sheet']}».`,
    'Проверьте, что отправлен нужный лист.',
  ),
  'sheets-left-out': warning(
    (v) => `Прочитана одна таблица, остальные листы не читались: ${v['sheets']}.`,
    'Если сведения есть и на них, перенесите их в одну таблицу.',
  ),
  'column-missing': error(
    (v) => `Нет графы «${v['title']}».`,
    'Добавьте графу с таким названием, как в форме Приложения 1.',
  ),
  'column-repeated': error(
    (v) => `Графа «${v['title']}» встречается дважды (${v['letters']}).`,
    'Оставьте одну из них.',
  ),
  'column-unknown': warning(
    (v) => `Графа «${v['title']}» не из формы; она не прочитана.`,
    'Если сведения нужны, перенесите их в графы формы.',
  ),
  'no-rows': error('Под названиями граф нет ни одной строки.', 'Впишите сведения об услугах.'),
  'row-left-out': warning(
    (v) => `Строка не похожа на сведения об услуге и не прочитана: «${v['text']}».`,
    'Если это услуга, заполните все графы.',
  ),
  // A cell.
  'cell-empty': error('Ячейка пуста.', 'Заполните её.'),
  'cell-too-long': error(
    (v) => `Текст длиннее ${v['limit']} знаков.`,
    'Сократите его до сведений, которые требует графа.',
  ),
  'cell-error': error((v) => `Вместо значения ошибка ${v['text']}.`, 'Исправьте формулу или впишите значение.'),
  'cell-control-characters': error('В тексте есть невидимые управляющие знаки.', 'Наберите текст заново.'),
  'cell-formula': warning('В ячейке формула; взято её сохранённое значение.', 'Замените формулу значением.'),
  'cell-formula-without-value': error(
    'В ячейке формула без сохранённого значения.',
    'Откройте файл в Excel, дайте ему пересчитать и сохраните, или впишите значение.',
  ),
  'cell-formula-text': error(
    (v) => `Текст начинается со знака «${v['sign']}», как формула.`,
    'Впишите значение без этого знака.',
  ),
  'cell-merged-down': warning(
    'Ячейка объединена с верхней; взято её значение.',
    'Впишите значение в каждую строку, чтобы его можно было проверить.',
  ),
  'cell-merged-across': error(
    'Ячейка объединена с соседней графой: непонятно, к какой из них относится значение.',
    'Разъедините ячейки и впишите значения в свои графы.',
  ),
  'cell-type': error((v) => `Здесь ожидается текст, а стоит ${v['kind']}.`, 'Впишите значение текстом.'),
  // Registry number.
  'registry-number-wrong': error(
    (v) => `«${v['text']}» не похоже на номер услуги в реестре.`,
    'Впишите номер из реестра государственных услуг, например 00101001.',
  ),
  'registry-number-rounded': error(
    (v) => `Номер записан как число в сокращённом виде («${v['text']}»), его цифры потеряны.`,
    'Задайте ячейке формат «Текстовый» и впишите номер заново.',
  ),
  'registry-number-padded': warning(
    (v) => `Номер был числом без начальных нулей; записан как ${v['number']}.`,
    'Задайте ячейке формат «Текстовый», чтобы нули сохранялись.',
  ),
  'registry-number-unusual': warning(
    (v) => `Номера реестра обычно из восьми цифр; принято как есть: ${v['number']}.`,
    'Сверьте номер с реестром государственных услуг.',
  ),
  'registry-number-repeated': error(
    (v) => `Номер ${v['number']} уже стоит в строке ${v['row']}.`,
    'Оставьте одну строку на услугу; несколько ответственных лиц пишите в одной ячейке.',
  ),
  // Name.
  'name-wrong': error(
    (v) => `«${v['text']}» не похоже на наименование услуги.`,
    'Впишите полное наименование словами, как в реестре.',
  ),
  // Acts.
  'act-date-impossible': error((v) => `Даты «${v['text']}» нет в календаре.`, 'Исправьте дату.'),
  'act-date-future': error((v) => `Дата акта ${v['date']} ещё не наступила.`, 'Исправьте дату.'),
  'act-date-missing': error(
    'Не указана дата акта.',
    'Впишите вид, дату и номер: «приказ Министра юстиции от 12 мая 2023 года № 302».',
  ),
  'act-number-missing': error(
    'Не указан номер акта.',
    'Впишите вид, дату и номер: «приказ Министра юстиции от 12 мая 2023 года № 302».',
  ),
  'act-kind-missing': warning(
    'Не указан вид акта (приказ, постановление…).',
    'Впишите вид, дату и номер: «приказ Министра юстиции от 12 мая 2023 года № 302».',
  ),
  'changes-unclear': warning(
    (v) => `Изменения не разобраны: «${v['text']}»; сохранены как есть.`,
    'Впишите дату и номер каждого изменяющего акта, либо «нет».',
  ),
  'change-before-act': warning(
    (v) => `Изменение от ${v['date']} раньше самого акта (${v['act']}).`,
    'Проверьте обе даты.',
  ),
  // Web resource.
  'web-wrong': error((v) => `«${v['text']}» не адрес сайта.`, 'Впишите адрес, например https://egov.kz.'),
  'web-scheme': error(
    (v) => `Адрес «${v['text']}» не открывается в браузере как страница.`,
    'Впишите адрес, который начинается с https:// или http://.',
  ),
  // People.
  'person-unclear': error(
    (v) => `Не найдены фамилия и имя: «${v['text']}».`,
    'Впишите фамилию, имя, отчество и через запятую должность.',
  ),
  'post-missing': error(
    (v) => `Не указана должность: «${v['text']}».`,
    'Впишите должность через запятую после фамилии, имени и отчества.',
  ),
  // Contacts.
  'phone-missing': error('Нет телефона.', 'Впишите телефон с кодом города: +7 7172 74 07 60, вн. 123.'),
  'phone-wrong': error(
    (v) => `«${v['text']}» не похоже на телефон.`,
    'Впишите телефон с кодом: +7 7172 74 07 60, вн. 123, или +7 701 123 45 67.',
  ),
  'phone-without-code': error(
    (v) => `У телефона «${v['text']}» нет кода города.`,
    'Впишите телефон с кодом: +7 7172 74 07 60.',
  ),
  'phone-foreign': warning((v) => `Телефон ${v['text']} не казахстанский.`, 'Проверьте номер.'),
  'email-missing': error('Нет адреса электронной почты.', 'Впишите адрес, например i.familia@adilet.gov.kz.'),
  'email-wrong': error(
    (v) => `«${v['text']}» не адрес электронной почты.`,
    'Проверьте адрес: латинские буквы, один знак @, точка в домене.',
  ),
  'email-cyrillic': error(
    (v) => `В адресе «${v['text']}» есть русские или казахские буквы (${v['letters']}).`,
    'Наберите адрес латинскими буквами.',
  ),
  'contacts-left-out': warning(
    (v) => `Часть текста не понята и не сохранена в контактах: «${v['text']}».`,
    'Оставьте в графе телефоны и адреса почты.',
  ),
} as const satisfies Record<string, Wording>

export type MessageCode = keyof typeof MESSAGES

const FILE: SubmissionPlace = { sheet: null, row: null, column: null }

/** A text as a message quotes it: one line, not longer than 80 characters. */
export const quoted = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}

/** A message in words. Pure. */
export function message(code: MessageCode, values: Values = {}, place: SubmissionPlace = FILE): SubmissionMessage {
  const wording: Wording = MESSAGES[code]
  return { severity: wording.severity, code, place, values, reason: wording.reason(values), mend: wording.mend }
}

/** The file cannot be read on; thrown inside the parser and given back as its message. */
export class Refusal extends Error {
  readonly told: SubmissionMessage

  constructor(code: MessageCode, values: Values = {}, place: SubmissionPlace = FILE) {
    const told = message(code, values, place)
    super(told.reason)
    this.name = 'Refusal'
    this.told = told
  }
}
