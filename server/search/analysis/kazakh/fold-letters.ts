const RUSSIAN_OF: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
}

/** A word as it is typed on a Russian keyboard: «өтініш» as «отиниш». Expects lower case. */
export const foldLetters = (word: string): string =>
  /[әғқңөұүһі]/u.test(word) ? word.replace(/[әғқңөұүһі]/gu, (letter) => RUSSIAN_OF[letter] ?? letter) : word
