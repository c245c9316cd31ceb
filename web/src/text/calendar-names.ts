import { uiLang } from '../i18n/i18n.ts'

/** Browsers of the workplaces carry no Kazakh names of days and months, so all three languages have ours. From Monday; from January. */
const NAMES = {
  ru: {
    weekdays: ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'],
    short: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
    months: [
      'Январь',
      'Февраль',
      'Март',
      'Апрель',
      'Май',
      'Июнь',
      'Июль',
      'Август',
      'Сентябрь',
      'Октябрь',
      'Ноябрь',
      'Декабрь',
    ],
  },
  kk: {
    weekdays: ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'],
    short: ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс'],
    months: [
      'Қаңтар',
      'Ақпан',
      'Наурыз',
      'Сәуір',
      'Мамыр',
      'Маусым',
      'Шілде',
      'Тамыз',
      'Қыркүйек',
      'Қазан',
      'Қараша',
      'Желтоқсан',
    ],
  },
  en: {
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    short: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
  },
} as const

/** The place of a day in its week, from Monday, 0 to 6. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** «пн» */
export const shortWeekday = (weekday: number): string => NAMES[uiLang()].short[weekday] ?? ''
export const longWeekday = (weekday: number): string => NAMES[uiLang()].weekdays[weekday] ?? ''
/** The name of the month of a day, standing alone. */
export const monthName = (day: string): string => NAMES[uiLang()].months[Number(day.slice(5, 7)) - 1] ?? ''
