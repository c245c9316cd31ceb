import { conflict } from '#server/errors.ts'

export const signsInElsewhere = () =>
  conflict({
    ru: 'Пароля здесь у этого пользователя нет: он входит через внешнюю систему.',
    kk: 'Бұл пайдаланушының мұнда құпиясөзі жоқ: ол сыртқы жүйе арқылы кіреді.',
    en: 'This user signs in without a password of ours.',
  })

export const passwordChangedMeanwhile = () =>
  conflict({
    ru: 'Пароль за это время уже изменили: войдите заново.',
    kk: 'Осы уақытта құпиясөз өзгертілген: қайта кіріңіз.',
    en: 'The password was changed meanwhile: sign in again.',
  })

export const emailTaken = () =>
  conflict({
    ru: 'Пользователь с этой электронной почтой уже есть.',
    kk: 'Осы электрондық поштасы бар пайдаланушы бұрыннан бар.',
    en: 'There is a user with this e-mail already.',
  })

export const lastAdministrator = () =>
  conflict({
    ru: 'Это последний администратор: сначала назначьте другого.',
    kk: 'Бұл соңғы әкімші: алдымен басқасын тағайындаңыз.',
    en: 'This is the last administrator: make another one first.',
  })
