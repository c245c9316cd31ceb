/** Addresses of the state, and of what the Rules themselves name. */
export const STATE_HOST = /(?:^|\.)(?:gov\.kz|egov\.kz|goscorp\.kz|elicense\.kz|adilet\.zan\.kz)$/u

/** A full stop that is written otherwise so that no filter sees it: «evil[.]com», «evil точка com», «evil。com». */
const HIDDEN_STOP =
  /\s*(?:\[\s*(?:\.|dot|точка)\s*\]|\(\s*(?:\.|dot|точка)\s*\)|\{\s*\.\s*\}|[。．｡․]|(?<=[a-z\d])\s+(?:точка|dot|нүкте)\s+(?=\p{L}{2}))\s*/giu
const HIDDEN_AT = /\s*(?:\[\s*(?:@|at)\s*\]|\(\s*(?:@|at)\s*\)|(?<=[a-z\d])\s+(?:собака|at)\s+(?=[a-z\d]))\s*/giu

/** Endings of names in Cyrillic letters; those in Latin letters are any. */
const CYRILLIC_TOP = String.raw`рф|қаз|каз|бел|укр|рус|мкд|срб|бг|ею|мон|сайт|онлайн|орг|ком|дети|москва`
/** Labels joined by full stops, the last one a name in Latin or mixed letters, or a known Cyrillic one. */
const HOST = new RegExp(
  String.raw`(?<![\p{L}\d-])(?:[\p{L}\d-]+\.)+(?:\p{L}*[a-z]\p{L}*|${CYRILLIC_TOP})(?![\p{L}\d-])`,
  'giu',
)
/** «evil .com», «evil. com»: of Latin letters, so that no end of a sentence is meant. */
const SPACED =
  /(?<![\p{L}\d-])[a-z\d-]+(?:\s+\.\s*|\.\s+)(?:com|net|org|ru|kz|info|biz|io|me|cc|xyz|top|site|online|shop|club|live|app)(?!\p{L})/iu
const HANDLE = /(?<![\p{L}\d._+-])@\s*[\p{L}\d_]{2,}/u
const NUMERIC_HOST = /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/u
const SCHEME = /(?:h[tx]{2}ps?|ftp|tg|javascript|data|mailto)\s*:\s*\/?\/?(?=\S)/iu

/**
 * The first address of a text whose host is neither the state's nor listed, also a hidden one: a name in a messenger, a host in look-alike or
 * other letters, with a full stop spelt out. A quote vouches for no address: somebody may have published it by mistake.
 * @param hosts of the sites and mailboxes that agencies state
 * @returns null when there is none
 */
export const foreignAddress = (text: string, hosts: ReadonlySet<string>): string | null => {
  const plain = text.normalize('NFKC').replaceAll(HIDDEN_STOP, '.').replaceAll(HIDDEN_AT, '@')
  for (const pattern of [HANDLE, NUMERIC_HOST]) {
    const found = pattern.exec(plain)
    if (found !== null) return found[0]
  }
  for (const [host] of plain.matchAll(HOST)) {
    const name = host.toLowerCase().replace(/^www\./u, '')
    // Names in other letters than Latin ones are never the state's: «еgov.kz» begins with a Cyrillic letter.
    if (!/^[a-z\d.-]+$/u.test(name) || (!STATE_HOST.test(name) && !hosts.has(name))) return host
  }
  const spaced = SPACED.exec(plain)
  if (spaced !== null) return spaced[0]
  const scheme = SCHEME.exec(plain)
  return scheme === null || /^https?:\/\/$/iu.test(scheme[0].replaceAll(/\s/gu, '')) ? null : scheme[0]
}
