import type { Lang } from '#server/context.ts'
import type { FittedModels, ModelKind } from './extraction-model.ts'
import { FITTED } from './extraction-weights.ts'

/** The models of a kind; where the Rules have none of their own, those of acts with sample questions. */
export const fittedFor = (kind: ModelKind, lang: Lang): FittedModels =>
  kind === 'rules' && lang === 'ru' ? FITTED.rules.ru : FITTED[kind === 'rules' ? 'sampled' : kind][lang]
