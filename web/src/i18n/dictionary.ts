import type { ru } from './ru.ts'

type RussianOnly = `${string}_few` | `${string}_many`

/** The shape of a dictionary: every key of the Russian one; of plural forms only those that Kazakh and English have. */
export type Dictionary = {
  readonly [Section in keyof typeof ru]: {
    readonly [Key in keyof (typeof ru)[Section] as Key extends RussianOnly ? never : Key]: string
  }
}
