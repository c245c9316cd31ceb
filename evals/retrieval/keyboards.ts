/**
 * What the keys of three keyboards type, row by row from the left, plain and with Shift. Written down from the layouts themselves (US
 * QWERTY; Russian ЙЦУКЕН; Kazakh, ҚР СТ 920-91, as X.Org and Windows have it) and not from what search knows of them: a set of
 * queries typed on the wrong keyboard must not share the mistakes of what is to read it.
 */
const KEYBOARDS = {
  us: {
    plain: ['`1234567890-=', 'qwertyuiop[]\\', "asdfghjkl;'", 'zxcvbnm,./'],
    shifted: ['~!@#$%^&*()_+', 'QWERTYUIOP{}|', 'ASDFGHJKL:"', 'ZXCVBNM<>?'],
  },
  ru: {
    plain: ['ё1234567890-=', 'йцукенгшщзхъ\\', 'фывапролджэ', 'ячсмитьбю.'],
    shifted: ['Ё!"№;%:?*()_+', 'ЙЦУКЕНГШЩЗХЪ/', 'ФЫВАПРОЛДЖЭ', 'ЯЧСМИТЬБЮ,'],
  },
  // Digits, the hyphen and all signs that it has no key for are typed elsewhere: on the block of digits, by a menu.
  kk: {
    plain: ['("әіңғ,.үұқөһ', 'йцукенгшщзхъ\\', 'фывапролджэ', 'ячсмитьбю№'],
    shifted: [')!ӘІҢҒ;:ҮҰҚӨҺ', 'ЙЦУКЕНГШЩЗХЪ/', 'ФЫВАПРОЛДЖЭ', 'ЯЧСМИТЬБЮ?'],
  },
} as const

export type Keyboard = keyof typeof KEYBOARDS

/** Signs by the key that types them: its place, with Shift or without. */
const keysOf = (keyboard: Keyboard): [string, string][] =>
  (['plain', 'shifted'] as const).flatMap((state) =>
    KEYBOARDS[keyboard][state].flatMap((row, at) =>
      [...row].map((sign, place): [string, string] => [`${state} ${at} ${place}`, sign]),
    ),
  )

/**
 * What comes out when somebody types a text with the keys of one keyboard while another is switched on. A sign that the first has no
 * key for stays as it is.
 * @param meant the keyboard that is typed on blindly
 * @param on the one that is switched on
 */
export const typeOnWrongKeyboard = (text: string, meant: Keyboard, on: Keyboard): string => {
  const keyOf = new Map(keysOf(meant).map(([key, sign]) => [sign, key]))
  const signOf = new Map(keysOf(on))
  return [...text].map((sign) => signOf.get(keyOf.get(sign) ?? '') ?? sign).join('')
}
