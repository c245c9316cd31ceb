import type { Said } from '#server/errors.ts'

/** Steps of a draft, as the beginning of the sentence that says why one was not taken. */
const FAILED = {
  save: { ru: 'Сохранить не получилось', kk: 'Сақтау мүмкін болмады', en: 'Could not save' },
  submit: {
    ru: 'Отправить на рецензию не получилось',
    kk: 'Рецензияға жіберу мүмкін болмады',
    en: 'Could not submit for review',
  },
  approve: { ru: 'Одобрить не получилось', kk: 'Мақұлдау мүмкін болмады', en: 'Could not approve' },
  publish: { ru: 'Опубликовать не получилось', kk: 'Жариялау мүмкін болмады', en: 'Could not publish' },
  return: {
    ru: 'Вернуть на доработку не получилось',
    kk: 'Толықтыруға қайтару мүмкін болмады',
    en: 'Could not request changes',
  },
  recall: {
    ru: 'Отозвать с рецензии не получилось',
    kk: 'Рецензиядан қайтарып алу мүмкін болмады',
    en: 'Could not recall',
  },
  discard: { ru: 'Удалить не получилось', kk: 'Жою мүмкін болмады', en: 'Could not discard' },
} as const satisfies Record<string, Said>

export type Doing = keyof typeof FAILED

/** What was tried, and why it was not done, as one sentence. */
export const notDone = (doing: Doing, why: Said): Said => ({
  ru: `${FAILED[doing].ru}: ${why.ru}`,
  kk: `${FAILED[doing].kk}: ${why.kk}`,
  en: `${FAILED[doing].en}: ${why.en}`,
})
