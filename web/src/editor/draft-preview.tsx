import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lang } from '../api/types.ts'
import { articleBlocks, type Block } from '../articles/article-blocks.ts'
import { MarkdownNodes } from '../articles/markdown-nodes.tsx'
import { provisionNumber } from '../articles/provision-number.ts'

function PreviewBlock({ block }: { block: Block }) {
  const { t } = useTranslation()
  return (
    <div className={/__part_\d+$/.test(block.eid) ? 'provision provision-part' : 'provision'}>
      <div className="provision-row">
        <div className="provision-number">{provisionNumber(block.eid)}</div>
        <div className="provision-text">
          {block.isParaphrase ? <span className="state state-draft">{t('editorial.paraphrase')}</span> : null}
          <MarkdownNodes nodes={block.content} quoted={[]} headingLevel={3} />
        </div>
      </div>
      {block.children.map((child, index) => (
        <PreviewBlock key={index} block={child} />
      ))}
    </div>
  )
}

/** The article as operators will see it, while it is being written. */
export function DraftPreview({ title, body, lang }: { title: string; body: string; lang: Lang }) {
  const shown = useDeferredValue(body)
  const blocks = useMemo(() => articleBlocks(shown), [shown])
  return (
    <article className="reading draft-preview" lang={lang} data-testid="preview">
      <h2>{title}</h2>
      <div className="provisions">
        {blocks.map((block, index) => (
          <PreviewBlock key={index} block={block} />
        ))}
      </div>
    </article>
  )
}
