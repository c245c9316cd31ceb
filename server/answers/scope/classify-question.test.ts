import { describe, expect, it } from 'vitest'
import type { Lang } from '#server/context.ts'
import { detectLanguage } from '#server/search/analysis/detect-language.ts'
import { classifyQuestion, type Asked } from './classify-question.ts'
import { readScopeRules } from './read-scope-rules.ts'

const rules = await readScopeRules('content')

const kindOf = (question: string, more: Partial<Asked> = {}): string => {
  const lang: Lang = detectLanguage(question)
  const kind = classifyQuestion(rules, { question, lang, group: 'services', namesSubject: false, ...more })
  return kind === null ? 'none' : kind.kind === 'transfer' ? `transfer ${kind.group}` : kind.kind
}

/** Hand-written, point of the Rules beside each group. */
const CASES: [string, string][] = [
  // п. 12: a wish to file an appeal.
  ['хочу подать жалобу', 'appeal'],
  ['как написать жалобу на акимат', 'appeal'],
  ['куда жаловаться на поликлинику', 'appeal'],
  ['хочу пожаловаться на сотрудника ЦОНа', 'appeal'],
  ['Где можно оставить обращение в министерство?', 'appeal'],
  ['как отправить обращение через gov.kz', 'appeal'],
  ['подаю жалобу на действия налоговой, что нужно', 'appeal'],
  ['можно ли обжаловать отказ в услуге', 'appeal'],
  ['через сколько дней рассмотрят мою жалобу', 'appeal'],
  ['срок рассмотрения обращения граждан', 'appeal'],
  ['как написать заявление в акимат', 'appeal'],
  ['работает ли сейчас eotinish', 'appeal'],
  ['шағым жазғым келеді', 'appeal'],
  ['әкімдікке шағымды қайда берсем болады', 'appeal'],
  ['дәрігердің үстінен шағымданғым келеді', 'appeal'],
  ['министрлікке өтінішті қалай жазамын', 'appeal'],
  ['өтінішім қанша күнде қаралады', 'appeal'],
  ['шағымым қашан қаралады', 'appeal'],
  ['әкімге өтініш беруге бола ма', 'appeal'],
  // A definite wish, whatever else is said with it.
  ['Хочу написать жалобу, ответьте мне на почту', 'appeal'],
  ['хочу пожаловаться и получить ответ на e-mail', 'appeal'],
  ['примите жалобу на оператора', 'appeal'],
  ['у меня жалоба на поликлинику', 'appeal'],
  ['хочу подать апелляцию', 'appeal'],
  ['куда отправить апелляцию на результат', 'appeal'],
  ['хочу оспорить отказ', 'appeal'],
  ['как оспорить решение акимата', 'appeal'],
  ['недоволен работой ЦОН', 'appeal'],
  ['мы возмущены отношением сотрудника', 'appeal'],
  ['не согласна с отказом в пособии', 'appeal'],
  ['накатать жалобу', 'appeal'],
  ['хочу пожаловаться на судебного исполнителя', 'appeal'],
  ['Шағымым бар', 'appeal'],
  ['шағымымызды қабылдаңыз', 'appeal'],
  ['наразылық білдіргім келеді', 'appeal'],
  ['шағымымды жазғым келеді, жауабын поштама жіберіңіз', 'appeal'],
  ['апелляция бергім келеді', 'appeal'],
  ['шешімге келіспеймін', 'appeal'],
  ['ХҚКО қызметіне көңілім толмайды', 'appeal'],
  ['бас тартуға шағым келтірсем бола ма', 'appeal'],
  // No wish of that kind, or another way than this.
  ['я не хочу жаловаться, просто спросить', 'none'],
  ['хочу подать апелляцию в суд', 'none'],
  ['как подать кассационную жалобу', 'none'],
  ['хочу оспорить завещание', 'none'],
  ['доволен работой ЦОНа', 'none'],
  ['апелляция деген не', 'none'],
  ['сотқа шағым бергім келеді', 'none'],
  ['шағымданғым келмейді', 'none'],
  // An application for a service is called the same as an appeal.
  ['как подать заявление на лицензию адвоката', 'none'],
  ['куда подать заявление на регистрацию недвижимости', 'none'],
  ['написать заявление на отпуск', 'none'],
  ['лицензияға өтініш қалай беремін', 'none'],
  ['тіркеуге өтінішті қалай жазамын', 'none'],
  ['некені бұзуға арыз беру', 'none'],
  // Near misses: the centre's own work, and applications for services.
  ['за сколько дней отвечают на обращение по электронной почте', 'none'],
  ['как регистрируются обращения, поступившие на почту', 'none'],
  ['сколько обращений поступило за месяц', 'none'],
  ['кто рассматривает жалобы на операторов', 'none'],
  ['что такое обращение', 'none'],
  ['на какие телефоны поступают обращения граждан', 'none'],
  ['какую оценку можно поставить оператору', 'none'],
  ['жалобная книга есть?', 'none'],
  ['электрондық поштаға түскен өтініштер қалай тіркеледі', 'none'],
  ['өтініш деген не', 'none'],
  ['неше өтініш түсті', 'none'],
  ['әңгіме жазбасын қалай аламын', 'none'],
  // п. 34–36: a state body's question about ICT services.
  ['мы акимат, у нас не работает ЕСЭДО', 'ict-request'],
  ['наше министерство хочет арендовать виртуальный сервер', 'ict-request'],
  ['звоню из управления образования, как подключиться к единой транспортной среде', 'ict-request'],
  ['у нас в департаменте упал шлюз электронного правительства', 'ict-request'],
  ['я сотрудник госоргана, нет доступа к интранет-порталу', 'ict-request'],
  ['беспокоит акимат района, когда восстановят хостинг сайта', 'ict-request'],
  ['біз әкімдікпіз, сыртқы шлюз істемейді', 'ict-request'],
  ['біздің министрлікке хостинг керек', 'ict-request'],
  ['біздің басқармада виртуалды серверге қалай қосыламыз', 'ict-request'],
  // п. 11: another group's question. Who asks is not said.
  ['как получить доступ в ЕСЭДО', 'transfer ict'],
  ['сколько стоит аренда сервера', 'transfer ict'],
  ['виртуалды сервер қанша тұрады', 'transfer ict'],
  ['подключение к G-Cloud', 'transfer ict'],
  ['не могу войти в egov, забыл пароль', 'transfer e-government'],
  ['егов не открывается', 'transfer e-government'],
  ['как продлить ключи ЭЦП', 'transfer e-government'],
  ['NCALayer выдаёт ошибку', 'transfer e-government'],
  ['как зарегистрироваться на портале электронного правительства', 'transfer e-government'],
  ['приложение egov mobile вылетает', 'transfer e-government'],
  ['номер не зарегистрирован в базе мобильных граждан', 'transfer e-government'],
  ['egov-қа кіре алмай жатырмын', 'transfer e-government'],
  ['ЭЦҚ кілтін қалай жаңартамын', 'transfer e-government'],
  ['электрондық үкімет порталына кіре алмадым', 'transfer e-government'],
  ['жеке кабинетке egov-та қалай кіруге болады', 'transfer e-government'],
  // Near misses: words of those, another matter.
  ['когда починят интернет во дворе', 'none'],
  ['мы министерство, когда прислать информацию об услуге', 'none'],
  ['у нас в акимате сменился ответственный, кому сообщить', 'none'],
  ['где посмотреть госуслуги электронного формата', 'none'],
  ['что такое электронное правительство', 'none'],
  ['нужна ли подпись на протоколе', 'none'],
  ['кто подписывает протокол цифровой подписью', 'none'],
  ['виртуальная экскурсия по музею', 'none'],
  ['как получить паспорт', 'none'],
  ['сервис такси не приехал', 'none'],
  ['паспортты қалай аламын', 'none'],
  ['электрондық үкімет деген не', 'none'],
  ['біздің ауылда жол жөндеу қашан басталады', 'none'],
  ['біз әкімдікпіз, хаттамаға кім қол қояды', 'none'],
]

describe('kinds of questions', () => {
  it('has enough cases in both languages', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60)
    expect(CASES.filter(([question]) => detectLanguage(question) === 'kk').length).toBeGreaterThanOrEqual(20)
  })

  it.each(CASES)('«%s»: %s', (question, kind) => {
    expect(kindOf(question)).toBe(kind)
  })

  it.each([
    ['as a state body says it of itself', 'как получить доступ в ЕСЭДО', { asker: 'state-body' }, 'ict-request'],
    ['as a citizen, whose question no group answers', 'сколько стоит хостинг', { asker: 'citizen' }, 'none'],
    ['to an operator of that group', 'сколько стоит хостинг', { group: 'ict' }, 'ict-request'],
    ['to an operator of that group', 'не могу войти в egov', { group: 'e-government' }, 'none'],
    ['to an operator of another one', 'где получить справку о несудимости', { group: 'ict' }, 'transfer services'],
    [
      'about a subject of the directory, for which one applies',
      'написать заявление на пособие',
      { namesSubject: true },
      'none',
    ],
    [
      'about a subject, of which one complains',
      'жалоба на выплату пособия: куда подать',
      { namesSubject: true },
      'appeal',
    ],
    ['about a subject, for which one applies', 'жәрдемақыға өтініш беру керек', { namesSubject: true }, 'none'],
  ] as [string, string, Partial<Asked>, string][])('%s: «%s»', (_, question, more, kind) => {
    expect(kindOf(question, more)).toBe(kind)
  })
})
