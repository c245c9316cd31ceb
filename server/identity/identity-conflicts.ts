import { DomainError, type Said } from '#server/errors.ts'

/** Pages tell it in the reader's language, the terminal and the log in English. */
const refused = (said: Said) => new DomainError('conflict', said.en, { said })

export const signsInElsewhere = () =>
  refused({
    ru: 'Пароля здесь у этого пользователя нет: он входит через внешнюю систему.',
    kk: 'Бұл пайдаланушының мұнда құпиясөзі жоқ: ол сыртқы жүйе арқылы кіреді.',
    en: 'This user signs in without a password of ours.',
  })

export const passwordChangedMeanwhile = () =>
  refused({
    ru: 'Пароль за это время уже изменили: войдите заново.',
    kk: 'Осы уақытта құпиясөз өзгертілген: қайта кіріңіз.',
    en: 'The password was changed meanwhile: sign in again.',
  })

export const emailTaken = () =>
  refused({
    ru: 'Пользователь с этой электронной почтой уже есть.',
    kk: 'Осы электрондық поштасы бар пайдаланушы бұрыннан бар.',
    en: 'There is a user with this e-mail already.',
  })

export const lastAdministrator = () =>
  refused({
    ru: 'Это последний администратор: сначала назначьте другого.',
    kk: 'Бұл соңғы әкімші: алдымен басқасын тағайындаңыз.',
    en: 'This is the last administrator: make another one first.',
  })
