import { DomainError, refuse, type Fault, type Said } from '#server/errors.ts'

const faulty = (path: string, said: Said) =>
  new DomainError('validation-failed', said.en, { said, faults: [{ path, message: said.en, said }] })

/** A fault of a body's field, as a refusal. @param fault with a path inside of the body */
export const refusedField = (fault: Fault) =>
  new DomainError('validation-failed', fault.message, {
    ...(fault.said === undefined ? {} : { said: fault.said }),
    faults: [{ ...fault, path: `json.${fault.path}` }],
  })

export const wrongPassword = () =>
  faulty('json.currentPassword', {
    ru: 'Текущий пароль введён неверно.',
    kk: 'Ағымдағы құпиясөз қате енгізілді.',
    en: 'The current password is wrong.',
  })

export const samePassword = () =>
  faulty('json.newPassword', {
    ru: 'Новый пароль должен отличаться от текущего.',
    kk: 'Жаңа құпиясөз ағымдағысынан өзгеше болуы керек.',
    en: 'The new password must differ from the current one.',
  })

export const agencyNeeded: Said = {
  ru: 'Роли «представитель органа» нужен орган.',
  kk: '«Орган өкілі» рөліне орган қажет.',
  en: 'The role agency needs an agency.',
}

export const agencyUnknown = (agencyId: string): Said => ({
  ru: `Такого органа нет в справочнике: ${agencyId}.`,
  kk: `Анықтамалықта мұндай орган жоқ: ${agencyId}.`,
  en: `No such agency: ${agencyId}.`,
})

export const wrongCredentials = () =>
  refuse('unauthenticated', {
    ru: 'Электронная почта или пароль введены неверно.',
    kk: 'Электрондық пошта немесе құпиясөз қате енгізілді.',
    en: 'The e-mail or the password is wrong.',
  })

export const signInFirst = () =>
  refuse('unauthenticated', { ru: 'Сначала войдите.', kk: 'Алдымен кіріңіз.', en: 'Sign in first.' })

export const keyHasNoPassword = () =>
  refuse('forbidden', {
    ru: 'У ключа API нет пароля: войдите как пользователь.',
    kk: 'API кілтінің құпиясөзі жоқ: пайдаланушы ретінде кіріңіз.',
    en: 'An API key has no password.',
  })

/** The library refuses what no page of ours sends: another site's request, or an account that may not sign in so. */
export const signInRefused = (code: 'forbidden' | 'bad-request') =>
  refuse(code, {
    ru: 'Вход отклонён: откройте страницу входа этой системы и попробуйте снова.',
    kk: 'Кіру қабылданбады: осы жүйенің кіру бетін ашып, қайталап көріңіз.',
    en: 'The sign-in was refused: open the sign-in page of this system and try again.',
  })

export const providerSilent = () =>
  refuse('unavailable', {
    ru: 'Внешняя система входа не отвечает. Попробуйте позже.',
    kk: 'Сыртқы кіру жүйесі жауап бермейді. Кейінірек қайталаңыз.',
    en: 'The OpenID Connect provider does not answer. Try again later.',
  })

export const tooManyAttempts = (retryAfter: number) =>
  refuse(
    'rate-limited',
    {
      ru: `Слишком много попыток входа. Повторите через ${retryAfter} с.`,
      kk: `Кіру әрекеті тым көп. ${retryAfter} с кейін қайталаңыз.`,
      en: `Too many attempts to sign in. Try again in ${retryAfter} s.`,
    },
    { retryAfter },
  )
