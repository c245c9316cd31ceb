import type { ru } from './ru.ts'

type RussianOnly = `${string}_few` | `${string}_many`

/** The shape of a dictionary: every key of the Russian one; of plural forms only those that Kazakh and English have. */
export type Dictionary = Shape<typeof ru>

type Shape<T> = {
  readonly [Key in keyof T as Key extends RussianOnly ? never : Key]: T[Key] extends string ? string : Shape<T[Key]>
}
