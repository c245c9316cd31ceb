import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unaccounted } from './account.ts'
import type { Provision } from './act.ts'
import { parsedRules, rulesSource } from './fixtures/small-act.ts'
import { parseAct } from './parse-act.ts'
import { renderTree } from './render-tree.ts'

const act = parsedRules()

function provision(eid: string): Provision {
  const found = act.provisions.find((one) => one.eid === eid)
  if (!found) throw new Error(`no ${eid}`)
  return found
}

/** Compares with a stored page; UPDATE_GOLDEN=1 writes it anew. */
function expectGolden(name: string, text: string): void {
  const file = new URL(`./fixtures/${name}`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

describe('the Rules of the contact centre', () => {
  it('parse without a single message', () => {
    expect(parseAct(rulesSource).messages).toEqual([])
  })

  it('read like the printed act', () => {
    expectGolden('contact-centre-rules.tree.txt', renderTree(act))
  })

  it('give the same structure as before, place by place', () => {
    expectGolden('contact-centre-rules.json', `${JSON.stringify(act, null, 1)}\n`)
  })

  it('carry the requisites of the order', () => {
    expect(act.requisites).toEqual({
      kind: 'приказ',
      issuer: 'и.о. Министра по инвестициям и развитию Республики Казахстан',
      date: '2016-01-26',
      number: '83',
      registration: { date: '2016-02-29', number: '13324' },
      inForce: { rule: 'after-publication', days: 10, unit: 'calendar', notBefore: '2016-03-01' },
    })
    expect(act.title).toMatch(/^Об утверждении Правил деятельности .* а также услугодателями$/)
    expect(act.annexTitle).toMatch(/^Правила деятельности Единого контакт-центра .* а также услугодателями$/)
  })

  it('hold the order with five points, three chapters, points 1–39 in order, two appendices', () => {
    const eids = (kind: Provision['kind'], order = false): string[] =>
      act.provisions.filter((one) => one.kind === kind && one.eid.startsWith('ord__') === order).map((one) => one.eid)
    expect(eids('preamble', true)).toEqual(['ord__preamble'])
    expect(eids('point', true)).toEqual([1, 2, 3, 4, 5].map((num) => `ord__para_${num}`))
    expect(eids('subpoint', true)).toEqual([1, 2, 3, 4].map((num) => `ord__para_3__subpara_${num}`))
    expect(eids('chapter')).toEqual(['chp_1', 'chp_2', 'chp_3'])
    const chapterOf = (num: number): number => (num <= 3 ? 1 : num <= 17 ? 2 : 3)
    expect(eids('point')).toEqual(Array.from({ length: 39 }, (_, at) => `chp_${chapterOf(at + 1)}__para_${at + 1}`))
    expect(eids('part')).toEqual(['chp_2__para_7__part_2', 'chp_3__para_25__part_2', 'chp_3__para_29__part_2'])
    expect(eids('appendix')).toEqual(['app_1', 'app_2'])
    expect(eids('form')).toEqual(['app_1__form', 'app_2__form'])
    const subpoints = Object.entries({ 2: 4, 3: 11, 4: 5, 5: 3, 17: 3, 18: 6, 39: 3 }).flatMap(([point, count]) =>
      Array.from({ length: count }, (_, at) => `chp_${chapterOf(Number(point))}__para_${point}__subpara_${at + 1}`),
    )
    expect(eids('subpoint')).toEqual(subpoints)
  })

  it('put a parent before its children and use no id twice', () => {
    const seen = new Set<string>()
    for (const { eid, parentEid } of act.provisions) {
      expect(seen.has(eid)).toBe(false)
      expect(parentEid === null || seen.has(parentEid)).toBe(true)
      seen.add(eid)
    }
  })

  it.each([
    ['chp_1__para_3__subpara_4', 'п. 3 пп. 4'],
    ['chp_2__para_7__part_2', 'п. 7 ч. 2'],
    ['chp_2', 'гл. 2'],
    ['app_1', 'прил. 1'],
    ['app_1__form', 'прил. 1, форма'],
    ['ord__para_3__subpara_1', 'приказ, п. 3 пп. 1'],
    ['ord__preamble', 'приказ, преамбула'],
  ])('label %s as «%s»', (eid, label) => {
    expect(provision(eid).label).toBe(label)
  })

  it.each([
    [
      'ord__preamble',
      'В соответствии с подпунктом 9) статьи 9 Закона Республики Казахстан "О государственных услугах" ПРИКАЗЫВАЮ:',
    ],
    ['ord__para_1', 'Утвердить прилагаемые Правила деятельности Единого контакт-центра и взаимодействия Единого'],
    [
      'ord__para_2',
      'Признать утратившим силу приказ Министра транспорта и коммуникаций Республики Казахстан от 26 июня 2013 года № 487 "Об утверждении',
    ],
    [
      'chp_1__para_1',
      'в соответствии с подпунктом 9) статьи 9 Закона Республики Казахстан "О государственных услугах" и определяют порядок деятельности',
    ],
    ['chp_1__para_2__subpara_3', 'по государственным услугам, взаимодействие с государственными органами'],
    ['chp_1__para_3__subpara_9', 'мониторинга процесса оказания государственных услуг'],
    ['chp_2__para_4__subpara_3', 'по вопросам "электронного правительства";'],
    ['chp_2__para_5__subpara_2', 'о порядке оказания услуг;'],
    ['chp_2__para_7', 'телефонные номера: 1414, 8 800 080 7777, на адрес электронной почты: support@goscorp.kz.'],
    ['chp_3__para_20', 'по форме, согласно приложению 1 к настоящим Правилам.'],
    [
      'chp_3__para_21',
      'в Единый контакт-центр информации, указанной в пункте 20 настоящих Правил, ответственное лицо проводит обучение',
    ],
    [
      'chp_3__para_29__part_2',
      'утвержденным приказом исполняющего обязанности Министра транспорта и коммуникаций Республики Казахстан от 14 июня 2013 года № 452',
    ],
    ['chp_3__para_31', 'по форме согласно приложению 2 к настоящим Правилам.'],
    ['chp_3__para_33', 'в порядке, указанном в пунктах 20 - 25 настоящих Правил.'],
    ['chp_3__para_38', 'связанном с заменой оборудования, программного обеспечения'],
  ])('mend the text of %s', (eid, text) => {
    expect(provision(eid).text).toContain(text)
  })

  it('keep no double space, no space before a comma and no glued link in any text', () => {
    for (const { text, eid } of act.provisions) {
      expect(`${eid}: ${text}`).not.toMatch(/ {2}|\s[,;]|\p{L}№|\.\p{Ll}+ \d|\( /u)
    }
  })

  it('record every mend with the characters as they stood', () => {
    const mends = act.repairs.filter((one) => one.rule !== 'form-cell')
    expect(mends.map((one) => [one.eid, one.raw.trim().replace(/\s+/g, ' '), one.text])).toEqual([
      ['ord__preamble', '9) Закона Республики Казахстан "О статьи 9', '9) статьи 9 Закона Республики Казахстан "О'],
      [
        'ord__para_1',
        'прилагаемые деятельности Единого контакт-центра и Правила',
        'прилагаемые Правила деятельности Единого контакт-центра и',
      ],
      [
        'ord__para_2',
        'силу Министра транспорта и коммуникаций приказ',
        'силу приказ Министра транспорта и коммуникаций',
      ],
      [null, '04.10.2022 (вводится в действие по№ 368/НҚ', '04.10.2022 № 368/НҚ (вводится в действие по'],
      [
        'chp_1__para_1',
        'Закона Республики Казахстан "О государственных услугах" и определяют статьи 9',
        'статьи 9 Закона Республики Казахстан "О государственных услугах" и определяют',
      ],
      [null, '28.07.2023 (№ 292/НҚ', '28.07.2023 № 292/НҚ ('],
      ['chp_3__para_20', 'согласно к настоящим Правилам.приложению 1', 'согласно приложению 1 к настоящим Правилам.'],
      ['chp_3__para_21', 'контакт центр', 'контакт-центр'],
      [
        'chp_3__para_21',
        'в настоящих Правил, ответственное лицо пункте 20',
        'в пункте 20 настоящих Правил, ответственное лицо',
      ],
      ['chp_3__para_29__part_2', 'утвержденным приказом', 'утвержденным приказом'],
      ['chp_3__para_31', 'согласно к приложению 2', 'согласно приложению 2 к'],
      ['chp_3__para_33', 'в - настоящих пунктах 20 25', 'в пунктах 20 - 25 настоящих'],
    ])
    for (const repair of act.repairs) {
      expect(rulesSource.slice(repair.span.start.offset, repair.span.end.offset)).toBe(repair.raw)
    }
  })

  it('lose no character of the source', () => {
    expect(unaccounted(rulesSource, act)).toEqual([])
  })

  it('hold in each text exactly the characters of its source, moved words and one lost hyphen aside', () => {
    const characters = (text: string): string => [...text.replace(/\s/g, '')].sort().join('')
    const numbers: Partial<Record<Provision['kind'], (num: string) => string>> = {
      point: (num) => `${num}.`,
      subpoint: (num) => `${num})`,
    }
    for (const one of act.provisions) {
      expect(rulesSource.slice(one.span.start.offset, one.span.end.offset)).toBe(one.raw)
      if (['chapter', 'appendix', 'form'].includes(one.kind)) continue
      const lostHyphen = one.eid === 'chp_3__para_21' ? '-' : ''
      const number = numbers[one.kind]?.(one.num ?? '') ?? ''
      expect([one.eid, characters(number + one.text)]).toEqual([one.eid, characters(one.raw + lostHyphen)])
    }
  })

  it('give each place as an editor shows it', () => {
    const { span } = provision('chp_2__para_8')
    expect(span.start).toMatchObject({ line: 224, column: 7 })
    expect(span.end.line).toBe(225)
  })

  it('keep what is no provision as remarks', () => {
    const of = (kind: string): string[] => act.remarks.filter((one) => one.kind === kind).map((one) => one.text)
    expect(of('publisher-note')).toEqual(['Примечание РЦПИ! Порядок введения в действие см. п.5'])
    expect(of('signature')).toEqual([
      'Исполняющий обязанности Министра по инвестициям и развитию Республики Казахстан Ж. Касымбек',
    ])
    expect(of('approval')).toEqual([
      '"СОГЛАСОВАН"',
      'Министр национальной экономики',
      'Республики Казахстан',
      '___________ Е. Досаев',
      '29 января 2016 года',
    ])
    expect(of('annex-header').map((text) => text.slice(0, 40))).toEqual([
      'Утверждены приказом и.о. Министра по инв',
      'Приложение 1 к Правилам деятельности Еди',
      'Приложение 2 к Правилам деятельности Еди',
    ])
    expect(of('note')).toEqual([])
  })

  it('hold eleven definitions with their short forms', () => {
    expect(act.definitions.map((one) => [one.term, one.shortForms.join()])).toEqual([
      ['уполномоченный орган в сфере информатизации', ''],
      ['информационно-коммуникационная услуга', ''],
      ['Единый контакт-центр', ''],
      ['информационно-справочная база знаний Единого контакт-центра', 'База знаний'],
      ['оператор Единого контакт-центра', 'оператор'],
      ['услугополучатель', ''],
      ['услугодатель', ''],
      ['государственная услуга', ''],
      ['информационная система мониторинга оказания государственных услуг', ''],
      ['субъект оказания услуг в электронной форме', ''],
      ['оператор информационно-коммуникационной инфраструктуры "электронного правительства"', 'оператор ИКИ'],
    ])
  })
})
