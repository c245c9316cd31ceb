import type { Settings } from 'meilisearch'

const FILTERS = [
  'lang',
  'kind',
  'agency',
  'service',
  'id',
  'validFrom',
  'validTo',
  'analysis',
  'placeSteps',
  'placeLast',
  'actKeys',
  'actDate',
]

/** Meilisearch gives no more than this for one query, whatever its `limit`. */
const MOST_FOUND = 1000
/** Values of a facet that are counted. */
const MOST_VALUES = 200
/** Settings as code. Typing errors, prefixes and synonyms are ours: the terms reach Meilisearch finished. */
export const INDEX_SETTINGS = {
  searchableAttributes: ['own', 'meaning', 'cut'],
  displayedAttributes: ['*'],
  filterableAttributes: FILTERS,
  sortableAttributes: [],
  // How many of the words; the final order is ours.
  rankingRules: ['words'],
  stopWords: [],
  synonyms: {},
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  facetSearch: false,
  proximityPrecision: 'byAttribute',
  pagination: { maxTotalHits: MOST_FOUND },
  faceting: { maxValuesPerFacet: MOST_VALUES, sortFacetValuesBy: { '*': 'count' } },
  searchCutoffMs: 800,
} satisfies Settings
