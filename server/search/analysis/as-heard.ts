/** Words that everybody writes as they are heard, and that name nothing: no index holds them, and the nearest word of one would be another («скока», «сроки»). */
export const AS_HEARD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    сколько: ['скока', 'скоко', 'скольк', 'скок'],
    когда: ['када', 'кагда'],
    что: ['чё', 'чо', 'че', 'шо'],
    сейчас: ['щас', 'щаз', 'ща', 'сичас'],
    вообще: ['вобще', 'ваще', 'вопще', 'вапще', 'вощем'],
    пожалуйста: ['пожалуста', 'пажалуста', 'пожалуйсто', 'пжлст', 'пжл', 'плиз'],
    надо: ['нада'],
    конечно: ['канешно', 'конешно'],
    здравствуйте: ['здрасте', 'здрасьте', 'драсте', 'здравствуте'],
    'что ли': ['чтоли'],
  }).flatMap(([standard, heard]) => heard.map((word): [string, string] => [word, standard])),
)
/** Whether a word is written as it is heard. Expects lower case. */
export const isAsHeard = (word: string): boolean => AS_HEARD.has(word)
