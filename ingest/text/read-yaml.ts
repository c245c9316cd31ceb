import { parseDocument } from 'yaml'
import { z } from 'zod'

const ru = z.locales.ru().localeError

/** What editors trip over in YAML; other faults are told by their code. */
const YAML_FAULTS: Record<string, string> = {
  BAD_INDENT: 'неверный отступ или не закрыта скобка. Выровняйте строки пробелами и закройте «]» или «}».',
  BLOCK_AS_IMPLICIT_KEY: 'лишнее двоеточие в значении. Возьмите значение в кавычки.',
  DUPLICATE_KEY: 'поле с таким именем уже есть. Оставьте одно.',
  MISSING_CHAR: 'не хватает знака: кавычки, скобки или двоеточия. Закройте кавычку или добавьте «: ».',
  MULTIPLE_DOCS: 'в файле несколько документов. Оставьте один, без строк «---» между ними.',
  TAB_AS_INDENT: 'отступ сделан табуляцией. Замените её пробелами.',
  UNEXPECTED_TOKEN: 'лишний знак. Уберите его или возьмите значение в кавычки.',
}

const TYPES: Record<string, string> = {
  string: 'нужен текст; число возьмите в кавычки',
  number: 'нужно число',
  array: 'нужен список: строки, начинающиеся с «- »',
  object: 'нужны поля вида «имя: значение»',
  record: 'нужны поля вида «имя: значение»',
}

const least = (origin: string, minimum: number | bigint): string =>
  origin === 'string' ? `слишком коротко: нужно знаков не меньше ${minimum}` : `нужно не меньше ${minimum}`
const most = (origin: string, maximum: number | bigint): string =>
  origin === 'string' ? `слишком длинно: нужно знаков не больше ${maximum}` : `нужно не больше ${maximum}`

/** What is wrong with a value and what it should be, in Russian. */
function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'нет значения' : (TYPES[issue.expected] ?? `нужно ${issue.expected}`)
    case 'invalid_value':
      return `нужно одно из: ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return issue.format === 'date'
        ? 'нужен день вида 2024-05-31, который есть в календаре'
        : `не тот вид; нужен такой: ${issue.pattern ?? issue.format}`
    case 'too_small':
      return least(issue.origin, issue.minimum)
    case 'too_big':
      return most(issue.origin, issue.maximum)
    case 'unrecognized_keys':
      return `лишнее: ${issue.keys.join(', ')}; проверьте имя поля или уберите его`
    default: {
      const said = ru(issue as z.core.$ZodRawIssue)
      return (typeof said === 'string' ? said : said?.message) ?? issue.message
    }
  }
}

/** A YAML file as its schema has it, or why not. */
export type ReadYaml<T> = { value: T; faults: readonly [] } | { value: null; faults: string[] }

/**
 * Reads a YAML text by a schema.
 * @returns all faults at once, in Russian, each with its line or the path of its field; `value` is null when there is one. Pure.
 */
export function readYaml<S extends z.ZodType>(text: string, schema: S): ReadYaml<z.output<S>> {
  const document = parseDocument(text)
  if (document.errors.length > 0)
    return {
      value: null,
      faults: document.errors.map(
        ({ code, linePos }) =>
          `строка ${linePos?.[0].line ?? 1}: YAML не читается: ${YAML_FAULTS[code] ?? `ошибка ${code}. Проверьте запись.`}`,
      ),
    }
  let read: unknown
  try {
    read = document.toJS()
  } catch {
    // Aliases are read only here: one to nothing, or so many that they would fill the memory.
    return {
      value: null,
      faults: ['YAML не читается: ссылка «*имя» никуда не ведёт или их слишком много. Уберите её.'],
    }
  }
  const parsed = schema.safeParse(read, { reportInput: true })
  return parsed.success
    ? { value: parsed.data, faults: [] }
    : {
        value: null,
        faults: parsed.error.issues.map(
          (issue) => `${issue.path.length === 0 ? 'файл' : issue.path.join('.')}: ${describe(issue)}`,
        ),
      }
}
