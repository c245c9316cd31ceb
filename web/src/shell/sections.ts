/** Sections of the workspace, by the first parts of the paths of their pages; the first path is where the section opens. */
export const SECTIONS = {
  search: ['/', '/answers'],
  desk: ['/inquiries', '/incoming-mail', '/calls'],
  articles: ['/articles'],
  acts: ['/acts'],
  editorial: ['/editorial', '/query-log', '/sample-questions', '/known-gaps', '/synonyms'],
  services: ['/services', '/agencies'],
  admin: ['/admin'],
} as const satisfies Record<string, readonly [string, ...string[]]>

export type SectionName = keyof typeof SECTIONS

/** Whether a page belongs to a section. Pure. */
export const isIn = (name: SectionName, pathname: string): boolean =>
  SECTIONS[name].some((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
