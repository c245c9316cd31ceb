import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Citation, Lang, LanguageDifference, SourceChange } from '../api/types.ts'
import { editionLine } from '../text/edition-line.ts'
import { ProvisionQuestions } from '../sample-questions/provision-questions.tsx'
import { Icon } from '../ui/icon.tsx'
import { LanguageDifferences } from '../ui/language-differences.tsx'
import { SourceChangeNote } from '../ui/source-change-note.tsx'
import type { Block } from './article-blocks.ts'
import { MarkdownNodes } from './markdown-nodes.tsx'
import { provisionNumber } from './provision-number.ts'
import type { QuotedLines } from './quote-ranges.ts'

export interface PassageChanges {
  changed: SourceChange | null
  coming: SourceChange | null
}

interface ArticleBlockProps {
  block: Block
  depth: number
  lang: Lang
  quoted: QuotedLines
  /** Of each point: the wording it cites. */
  citations: ReadonlyMap<string, Citation>
  /** Of each point: whether its wording has ended, or will. */
  changes: ReadonlyMap<string, PassageChanges>
  /** Of each point: where the other language says something else. */
  differences: ReadonlyMap<string, readonly LanguageDifference[]>
  /** Of each provision that is read as it is in force today: the wording that is read. */
  wordings: ReadonlyMap<string, string>
  targetEid: string
  /** The act whose point it stands in; null: of none. */
  actId: string | null
  actHref: (citation: Citation, eid: string) => string
  onCopyLink: (eid: string, label: string) => void
}

/** A provision with its sub-points: number, text, its wording, a link to it, and its place in the act. */
export function ArticleBlock({
  block,
  depth,
  lang,
  quoted,
  citations,
  changes,
  differences,
  wordings,
  targetEid,
  actId: ofParent,
  actHref,
  onCopyLink,
}: ArticleBlockProps) {
  const { t } = useTranslation()
  const citation = citations.get(block.eid)
  const actId = citation?.actId ?? ofParent
  const number = provisionNumber(block.eid)
  return (
    <div
      id={block.eid === '' ? undefined : block.eid}
      className={/__part_\d+$/.test(block.eid) ? 'provision provision-part' : 'provision'}
      data-target={block.eid !== '' && block.eid === targetEid}
      tabIndex={-1}
    >
      <div className="provision-row">
        <div className="provision-number" lang={lang}>
          {number}
        </div>
        <div className="provision-text" lang={lang}>
          {block.isParaphrase ? <span className="state state-draft">{t('editorial.paraphrase')}</span> : null}
          <MarkdownNodes nodes={block.content} quoted={quoted.get(block.eid) ?? []} headingLevel={2} />
        </div>
        {block.eid === '' ? null : (
          <div className="provision-tools">
            <button
              type="button"
              className="icon-button"
              aria-label={t('article.copyLink', { label: block.label })}
              title={t('article.copyLink', { label: block.label })}
              onClick={() => onCopyLink(block.eid, block.label)}
            >
              <Icon name="link" size={14} />
            </button>
          </div>
        )}
      </div>
      {block.eid === '' || actId === null ? null : (
        <ProvisionQuestions
          actId={actId}
          lang={lang}
          eid={block.eid}
          label={block.label}
          provisionId={wordings.get(block.eid) ?? null}
        />
      )}
      {block.children.map((child) => (
        <ArticleBlock
          key={child.eid}
          block={child}
          depth={depth + 1}
          lang={lang}
          quoted={quoted}
          citations={citations}
          changes={changes}
          differences={differences}
          wordings={wordings}
          targetEid={targetEid}
          actId={actId}
          actHref={actHref}
          onCopyLink={onCopyLink}
        />
      ))}
      {changes.has(block.eid) ? (
        <SourceChangeNote
          changed={changes.get(block.eid)?.changed ?? null}
          coming={changes.get(block.eid)?.coming ?? null}
        />
      ) : null}
      {depth === 0 ? <LanguageDifferences list={differences.get(block.eid) ?? []} /> : null}
      {depth === 0 && citation !== undefined ? (
        <p className="provision-source">
          <span>{editionLine(citation.edition, t)}</span>
          <Link to={actHref(citation, block.eid)}>{t('article.inAct', { label: citation.label })}</Link>
        </p>
      ) : null}
    </div>
  )
}
