import { expect, it } from 'vitest'
import type { AnswerCitation, AnswerSentence } from './schema.ts'
import { tellSentence } from './tell-sentence.ts'

const cited = (passageId: string, quoteStart: number, quote: string): AnswerCitation => ({
  actId: 'act_1',
  actTitle: 'Акт',
  provisionId: `prv_${passageId}`,
  eid: passageId,
  label: passageId,
  edition: { date: '2022-10-04', amendedBy: null },
  validFrom: '2022-10-04',
  validFromKnown: true,
  url: '',
  anchor: passageId,
  quote,
  quoteStart,
  passageId,
  articleId: 'art_1',
  versionId: 'ver_1',
  languageDifferences: [],
  sourceChanged: null,
  changesOn: null,
})
const FREE = 'Услуга оказывается бесплатно.'
const said = (text: string, ...citations: AnswerCitation[]): AnswerSentence => ({ text, citations })
const first = said(FREE, cited('п. 7', 0, FREE))

it('says the same words once, whoever repeats them, and keeps what else they rest on', () => {
  for (const isSecond of [false, true]) {
    const other = cited('п. 9', 0, FREE)
    const told = tellSentence([first], said('услуга оказывается  бесплатно', other), isSecond)
    expect(told).toEqual({ sentences: [said(FREE, ...first.citations, other)], isNew: false })
    expect(tellSentence([first], first, isSecond)).toEqual({ sentences: [first], isNew: false })
  }
})

it('keeps another sentence of the same quote from one speaker, and not from a second one', () => {
  const other = said('Платить не нужно.', cited('п. 7', 7, 'оказывается бесплатно'))
  expect(tellSentence([first], other, false)).toEqual({ sentences: [first, other], isNew: true })
  expect(tellSentence([first], other, true)).toEqual({ sentences: [first], isNew: false })
})

it('gathers no endless list of places', () => {
  let sentences = [first]
  for (let at = 0; at < 20; at++)
    sentences = tellSentence(sentences, said(FREE, cited(`п. ${at + 10}`, 0, FREE)), false).sentences
  expect(sentences).toHaveLength(1)
  expect(sentences[0]?.citations).toHaveLength(6)
})
