import { readXml, type XmlTag } from '#ingest/services/read-xml.ts'
import type { ZipParts } from '#ingest/services/zip-parts.ts'

/** What a paragraph looks like; null where neither it nor its styles say. */
export interface Look {
  bold: boolean | null
  italic: boolean | null
  struck: boolean | null
  hidden: boolean | null
  align: string | null
  /** Left indent in twentieths of a point. */
  indent: number | null
  /** 0 is the first rank. */
  outline: number | null
  numId: string | null
  level: number | null
}

export const NO_LOOK: Look = {
  bold: null,
  italic: null,
  struck: null,
  hidden: null,
  align: null,
  indent: null,
  outline: null,
  numId: null,
  level: null,
}

/** `<w:b/>` is on, `<w:b w:val="0"/>` is off. */
export const isOn = ({ attributes }: XmlTag): boolean => !/^(?:0|false|off|none)$/.test(attributes['val'] ?? '1')

/** Takes a property of a run or paragraph into a look; the tags are those of ECMA-376, 17.3. */
export function readProperty(look: Look, tag: XmlTag): void {
  const value = tag.attributes['val'] ?? null
  switch (tag.name) {
    case 'b':
      look.bold = isOn(tag)
      break
    case 'i':
      look.italic = isOn(tag)
      break
    case 'strike':
    case 'dstrike':
      look.struck = isOn(tag)
      break
    case 'vanish':
      look.hidden = isOn(tag)
      break
    case 'jc':
      look.align = value
      break
    case 'ind': {
      const left = Number(tag.attributes['left'] ?? tag.attributes['start'])
      if (Number.isFinite(left)) look.indent = left
      break
    }
    case 'outlineLvl':
      look.outline = Number(value)
      break
    case 'numId':
      look.numId = value
      break
    case 'ilvl':
      look.level = Number(value) || 0
      break
    default:
  }
}

/** What is said nearer to the text holds. */
export function over(nearer: Look, farther: Look): Look {
  return {
    bold: nearer.bold ?? farther.bold,
    italic: nearer.italic ?? farther.italic,
    struck: nearer.struck ?? farther.struck,
    hidden: nearer.hidden ?? farther.hidden,
    align: nearer.align ?? farther.align,
    indent: nearer.indent ?? farther.indent,
    outline: nearer.outline ?? farther.outline,
    numId: nearer.numId ?? farther.numId,
    level: nearer.level ?? farther.level,
  }
}

interface Style {
  basedOn: string | null
  look: Look
}

/** How far styles are based on each other; a circle ends there. */
const LONGEST_CHAIN = 20
const STYLES = 'word/styles.xml'

/**
 * Looks of a document's styles, what they are based on included; of an unknown style nothing. @throws Refusal
 */
export async function readStyles(parts: ZipParts): Promise<(id: string | null) => Look> {
  const styles = new Map<string, Style>()
  let defaultId: string | null = null
  if (parts.names.has(STYLES)) {
    let id = ''
    let style: Style | null = null
    await readXml(STYLES, parts.read(STYLES), {
      open: (tag) => {
        const { name, attributes } = tag
        if (name === 'style') {
          id = attributes['styleId'] ?? ''
          style = { basedOn: null, look: { ...NO_LOOK } }
          styles.set(id, style)
          if (attributes['type'] === 'paragraph' && attributes['default'] === '1') defaultId = id
        } else if (style !== null) {
          if (name === 'basedOn') style.basedOn = attributes['val'] ?? null
          else if (name === 'name') {
            const heading = /^heading (\d)$/i.exec(attributes['val'] ?? '')
            if (heading) style.look.outline = Number(heading[1]) - 1
            else if (/^title$/i.test(attributes['val'] ?? '')) style.look.outline = 0
          } else readProperty(style.look, tag)
        }
      },
      close: (name) => {
        if (name === 'style') style = null
      },
      text: () => {},
    })
  }
  return (id) => {
    let look: Look = { ...NO_LOOK }
    let at = id ?? defaultId
    for (let step = 0; at !== null && step < LONGEST_CHAIN; step += 1) {
      const style: Style | undefined = styles.get(at)
      if (style === undefined) break
      look = over(look, style.look)
      at = style.basedOn
    }
    return look
  }
}
