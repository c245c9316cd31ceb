import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchQuery } from '../api/queries.ts'
import type { SearchHit } from '../api/types.ts'

type Explanation = NonNullable<SearchHit['explain']>
export type SearchInput = Parameters<typeof searchQuery>[0]

const PLACES = 2

function Parts({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation()
  const { lexical, vector, weights, words } = explanation
  const share = (value: number): string => `${Math.round(value * 100)} %`
  return (
    <>
      <p>
        {lexical === null ? t('search.notByWords') : t('search.byWords', { rank: String(lexical.rank) })} ·{' '}
        {vector === null ? t('search.notByMeaning') : t('search.byMeaning', { rank: String(vector.rank) })}
      </p>
      <p>
        {weights.vector === 0
          ? t('search.weightsWords')
          : t('search.weights', { words: String(weights.lexical), meaning: weights.vector.toFixed(PLACES) })}
      </p>
      {words === null ? null : (
        <ul className="why-parts">
          {words.named === 0 ? null : <li>{t('search.whyNamed', { gain: words.named.toFixed(PLACES) })}</li>}
          {words.phrase === 0 ? null : <li>{t('search.whyPhrase', { gain: words.phrase.toFixed(PLACES) })}</li>}
          <li>
            {words.coverage >= 1 ? t('search.whyAllMet') : t('search.whyCoverage', { share: share(words.coverage) })}
          </li>
          {lexical === null ? null : <li>{t('search.whyScore', { score: lexical.score.toFixed(PLACES) })}</li>}
        </ul>
      )}
      {words === null ? null : (
        <dl className="why-words">
          {words.words
            .filter(({ rarity }) => rarity > 0)
            .map(({ word, gain, evidence }, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- a word may stand twice in a query
              <div key={at}>
                <dt>{word}</dt>
                <dd>
                  {evidence.length === 0
                    ? t('search.notMet')
                    : `${gain.toFixed(PLACES)} · ${evidence.map(({ kind }) => t(`search.met_${kind}`)).join(', ')}`}
                </dd>
              </div>
            ))}
        </dl>
      )}
    </>
  )
}

/** For those who write articles: why a passage stands where it does. Asked for when it is opened. */
export function HitExplanation({ passageId, input }: { passageId: string; input: SearchInput }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data, error } = useQuery({ ...searchQuery({ ...input, explain: true }), enabled: open })
  const explanation = data?.hits.find((hit) => hit.passageId === passageId)?.explain
  return (
    <details className="why" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('search.why')}</summary>
      {explanation === undefined ? (
        <p>{t(error === null && data === undefined ? 'search.whyAsked' : 'search.whyUnknown')}</p>
      ) : (
        <Parts explanation={explanation} />
      )}
    </details>
  )
}
