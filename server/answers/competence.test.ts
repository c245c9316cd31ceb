import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { parseAgenciesFile } from '#server/agencies/agencies-file.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { chooseBody } from './competence.ts'
import { readScopeRules } from './scope/read-scope-rules.ts'

const { matches } = await readScopeRules('content')
const { agencies } = parseAgenciesFile(await readFile('content/agencies.yaml', 'utf8'))

/** п. 10: whose question it is; null where the directory should keep silent. */
const CASES: [string, string | null][] = [
  ['как получить паспорт', 'interior'],
  ['сколько стоит загранпаспорт', 'interior'],
  ['потерял удостоверение личности', 'interior'],
  ['где поменять водительские права', 'interior'],
  ['нужно поставить машину на учёт', 'interior'],
  ['как прописаться в квартире', 'interior'],
  ['штраф за превышение скорости', 'interior'],
  ['как оформить пенсию', 'labour'],
  ['положено ли мне пособие по безработице', 'labour'],
  ['когда придут декретные', 'labour'],
  ['адресная социальная помощь, кому дают', 'labour'],
  ['как сдать налоговую декларацию', 'finance'],
  ['как открыть ИП', 'finance'],
  ['растаможка автомобиля из Кореи', 'finance'],
  ['прикрепиться к поликлинике', 'health'],
  ['как вызвать врача на дом', 'health'],
  ['статус ОСМС, не застрахован', 'health'],
  ['записать ребёнка в школу', 'enlightenment'],
  ['очередь в детский сад', 'local'],
  ['получить земельный участок', 'local'],
  ['во дворе не горит фонарь освещение', 'local'],
  ['отключили отопление', 'local'],
  ['зарегистрировать права на недвижимость', 'justice'],
  ['снять арест с квартиры', 'justice'],
  ['алименты не платят', 'justice'],
  ['как зарегистрировать брак', 'justice'],
  ['свидетельство о рождении ребёнка', 'justice'],
  ['грант в университет', 'science'],
  ['общежитие студентам', 'science'],
  ['адресная справка', 'state_corporation'],
  ['график работы ЦОНа', 'state_corporation'],
  ['жалоба на качество государственной услуги', 'service_quality'],
  ['арендовать виртуальный сервер', 'ict_operator'],
  ['запись разговора с оператором для полиции', 'contact_centre'],
  ['жеке куәлігімді жоғалтып алдым', 'interior'],
  ['паспортты қалай аламын', 'interior'],
  ['жүргізуші куәлігін қайда ауыстырамын', 'interior'],
  ['зейнетақыны қалай рәсімдеуге болады', 'labour'],
  ['жұмыссыздық бойынша жәрдемақы', 'labour'],
  ['атаулы әлеуметтік көмек кімге беріледі', 'labour'],
  ['салықты қалай төлеймін', 'finance'],
  ['жеке кәсіпкер ретінде тіркелу', 'finance'],
  ['емханаға қалай тіркелемін', 'health'],
  ['баланы мектепке қабылдау', 'enlightenment'],
  ['балабақшаға кезекке қалай тұруға болады', 'local'],
  ['жер учаскесін алу', 'local'],
  ['неке тіркеу қайда', 'justice'],
  ['туу туралы куәлік алу', 'justice'],
  ['жылжымайтын мүлікті тіркеу', 'justice'],
  ['университетте грантқа қалай түсемін', 'science'],
  ['халыққа қызмет көрсету орталығы қашан ашық', 'state_corporation'],
  ['какая завтра погода', null],
  ['где купить билет на поезд', null],
  ['паспортный стол кино', null],
  ['школьная форма продаётся где', null],
  ['ертең ауа райы қандай', null],
]

it.each(CASES)('«%s»: %s', (question, id) => {
  const chosen = chooseBody(
    agencies ?? expect.fail('the directory has faults'),
    question,
    detectLanguage(question),
    matches,
  )
  expect(chosen?.body.id ?? null).toBe(id === null ? null : `agc_${id}`)
})
