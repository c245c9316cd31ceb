/** A word form and the dictionary form it belongs to. */
export interface FormOfLemma {
  form: string
  lemma: string
}

/** How a stemmer groups forms, judged by gold lemmas, over pairs of different forms. */
export interface Grouping {
  forms: number
  /** Of the pairs put together, the share that belongs together. */
  precision: number
  /** Of the pairs that belong together, the share put together; 1 − Paice's under-stemming index. */
  recall: number
  f1: number
  /** Under-stemming index: pairs of one lemma left apart (Paice, "An evaluation method for stemming algorithms", SIGIR 1994). */
  underStemming: number
  /** Over-stemming index: pairs of different lemmas put together, of all such pairs. */
  overStemming: number
}

const groupBy = (items: readonly FormOfLemma[], keyOf: (item: FormOfLemma) => string): FormOfLemma[][] => {
  const groups = new Map<string, FormOfLemma[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

const pairs = (count: number): number => (count * (count - 1)) / 2

/**
 * Compares the groups a stemmer makes with those of the lemmas.
 * @param items distinct pairs of form and lemma; an ambiguous form stands once for each of its lemmas, and no pair is made of one form
 */
export const judgeGrouping = (items: readonly FormOfLemma[], stem: (form: string) => string): Grouping => {
  const stems = new Map(items.map(({ form }) => [form, stem(form)]))
  let together = 0
  let wrong = 0
  for (const group of groupBy(items, ({ form }) => stems.get(form) ?? form))
    for (const [index, left] of group.entries())
      for (const right of group.slice(index + 1)) {
        if (left.form === right.form) continue
        if (left.lemma === right.lemma) together += 1
        else wrong += 1
      }
  const sameForm = groupBy(items, ({ form }) => form).reduce((sum, group) => sum + pairs(group.length), 0)
  const belong = groupBy(items, ({ lemma }) => lemma).reduce((sum, group) => sum + pairs(group.length), 0)
  const apart = pairs(items.length) - belong - sameForm
  const precision = together + wrong === 0 ? 1 : together / (together + wrong)
  const recall = belong === 0 ? 1 : together / belong
  return {
    forms: stems.size,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    underStemming: 1 - recall,
    overStemming: apart === 0 ? 0 : wrong / apart,
  }
}
