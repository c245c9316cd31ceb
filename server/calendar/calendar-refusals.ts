import { DomainError, refuse, type Said } from '#server/errors.ts'

export const noDay = (day: string) =>
  refuse('bad-request', {
    ru: `${day} — не день календаря (ГГГГ-ММ-ДД).`,
    kk: `${day} – күнтізбе күні емес (ЖЖЖЖ-АА-КК).`,
    en: `${day} is not a day (YYYY-MM-DD).`,
  })

export const noInstant = (instant: string) =>
  refuse('bad-request', {
    ru: `${instant} — не момент времени: укажите дату, время и смещение от Гринвича.`,
    kk: `${instant} – уақыт сәті емес: күнін, уақытын және Гринвичтен ығысуын көрсетіңіз.`,
    en: `${instant} is not an instant: write date, time and offset.`,
  })

export const outsideCalendar = (input: { first: number; last: number; date: string }) => {
  const { first, last, date } = input
  return refuse(
    'bad-request',
    {
      ru: `Рабочий календарь охватывает ${first}–${last} годы, а ${date} вне его.`,
      kk: `Жұмыс күнтізбесі ${first}–${last} жылдарды қамтиды, ал ${date} одан тыс.`,
      en: `The working calendar covers the years ${first} to ${last}; ${date} is outside.`,
    },
    input,
  )
}

export const wrongWayRound = (input: { from: string; to: string }) =>
  refuse('bad-request', {
    ru: `${input.to} раньше, чем ${input.from}: поменяйте дни местами.`,
    kk: `${input.to} ${input.from} күнінен ерте: күндердің орнын ауыстырыңыз.`,
    en: `${input.to} is before ${input.from}.`,
  })

export const tooManyDays = (most: number) =>
  refuse('bad-request', {
    ru: `За один раз — не больше ${most} дней.`,
    kk: `Бір жолы ең көбі ${most} күн.`,
    en: `At most ${most} days at once.`,
  })

export const noWorkingDays = () =>
  refuse('bad-request', {
    ru: 'В сроке целое число рабочих дней, не меньше одного.',
    kk: 'Мерзімде жұмыс күндерінің бүтін саны болады, кемінде біреу.',
    en: 'A term has a whole number of working days, at least 1.',
  })

export const noCalendarDays = () =>
  refuse('bad-request', {
    ru: 'В сроке целое число календарных дней, не меньше одного.',
    kk: 'Мерзімде күнтізбелік күндердің бүтін саны болады, кемінде біреу.',
    en: 'A term has a whole number of calendar days, at least 1.',
  })

export const noHours = () =>
  refuse('bad-request', {
    ru: 'Часы — это число, не больше чем за год.',
    kk: 'Сағат – сан, ең көбі бір жылдық.',
    en: 'Hours must be a number, a year of them at most.',
  })

export const noMonth = () =>
  refuse('bad-request', {
    ru: 'Месяц пишется ГГГГ-ММ, а его день — от 1 до 28.',
    kk: 'Ай ЖЖЖЖ-АА түрінде жазылады, ал оның күні 1-ден 28-ге дейін.',
    en: 'A month is YYYY-MM, and its day 1 to 28.',
  })

/** A supervisor calls a weekday a weekend. */
export const noWeekend = () => {
  const said: Said = {
    ru: 'Выходной — это суббота или воскресенье; нерабочий будний день — праздник или перенос.',
    kk: 'Демалыс – сенбі немесе жексенбі; жұмыс істемейтін апта күні – мереке немесе ауыстырылған күн.',
    en: 'A weekend is a Saturday or a Sunday; a weekday off is a holiday or moved.',
  }
  return new DomainError('validation-failed', said.en, {
    said,
    faults: [{ path: 'json.kind', message: said.en, said }],
  })
}
