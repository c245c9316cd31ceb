const ALMATY = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Asia/Almaty',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A moment as people of the country write it: 25.11.2026 14:05. */
export const sayMoment = (at: Date): string => ALMATY.format(at).replace(',', '')
