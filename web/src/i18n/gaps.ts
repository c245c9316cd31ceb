/** Words of known gaps, in a file of their own: each dictionary takes its part. */
export const gapsRu = {
  title: 'Известные пробелы',
  intro:
    'О чём спрашивают люди, а акт не говорит. На такой вопрос дают честный отказ и называют, чего именно в акте нет.',
  sayTitle: 'На вопрос акт не отвечает',
  sayText:
    'Прочтите акт, прежде чем сохранить: на этот вопрос и на почти такие же отвечать не будут, пока акт не изменится.',
  name: 'Чего в акте нет',
  nameHint: 'Коротко, как это услышит человек: «размер оплаты стажировки». Можно выбрать из известных.',
  chooseAct: '– выберите акт –',
  act: 'Акт',
  sayDo: 'Отметить как пробел',
  nowRefused: 'Теперь отвечают так: {{message}}',
  notAsked: 'Пробел сохранён, но спросить заново не удалось. Спросите сами в поиске.',
  stillAnswered:
    'Пробел сохранён, но отвечают по-прежнему: вопрос ближе к связанному с пунктом. Проверьте вопросы людей.',
  undo: 'Убрать и исправить',
  closeReason: 'Известный пробел: {{gap}}',
  offer: 'Ни один пункт не отвечает…',
  silent: 'молчит: акт изменён {{date}}',
  checked: 'акт прочитан {{date}}',
  checkedBy: 'акт прочитан {{date}}, {{by}}',
  confirm: 'Об этом и теперь не сказано',
  confirmed: 'Пробел подтверждён',
  search: 'Слова пробела или вопроса',
  none: 'Таких пробелов нет.',
  lookText:
    'После последнего просмотра в акте вступило в силу новое. Пока редактор не прочтёт его и не подтвердит пробел, по нему не отказывают. Если акт теперь отвечает, свяжите вопрос с пунктом.',
}

export const gapsKk: Readonly<Record<keyof typeof gapsRu, string>> = {
  title: 'Белгілі олқылықтар',
  intro:
    'Адамдар сұрайтын, бірақ актіде айтылмаған нәрселер. Мұндай сұраққа ашық бас тартып, актіде нақты не жоқ екенін айтады.',
  sayTitle: 'Сұраққа акт жауап бермейді',
  sayText: 'Сақтамас бұрын актіні оқыңыз: бұл сұраққа және оған өте ұқсас сұрақтарға акт өзгергенше жауап берілмейді.',
  name: 'Актіде не жоқ',
  nameHint: 'Қысқаша, адам еститіндей: «тағылымдама ақысының мөлшері». Белгілілерден таңдауға болады.',
  chooseAct: '– актіні таңдаңыз –',
  act: 'Акт',
  sayDo: 'Олқылық деп белгілеу',
  nowRefused: 'Енді былай жауап береді: {{message}}',
  notAsked: 'Олқылық сақталды, бірақ қайта сұрау мүмкін болмады. Іздеуден өзіңіз сұраңыз.',
  stillAnswered:
    'Олқылық сақталды, бірақ бұрынғыдай жауап беріледі: сұрақ тармақпен байланысқан сұраққа жақынырақ. Адамдар сұрақтарын тексеріңіз.',
  undo: 'Алып тастап, түзету',
  closeReason: 'Белгілі олқылық: {{gap}}',
  offer: 'Ешбір тармақ жауап бермейді…',
  silent: 'үнсіз: акт {{date}} өзгерген',
  checked: 'акт {{date}} оқылған',
  checkedBy: 'акт {{date}} оқылған, {{by}}',
  confirm: 'Бұл туралы әлі де айтылмаған',
  confirmed: 'Олқылық расталды',
  search: 'Олқылық не сұрақ сөздері',
  none: 'Мұндай олқылық жоқ.',
  lookText:
    'Соңғы қараудан кейін актіде жаңа норма күшіне енді. Редактор оны оқып, олқылықты растағанша ол бойынша бас тартылмайды. Акт енді жауап берсе, сұрақты тармақпен байланыстырыңыз.',
}

export const gapsEn: Readonly<Record<keyof typeof gapsRu, string>> = {
  title: 'Known gaps',
  intro:
    'What people ask and an act does not say. Such a question is refused honestly, and the refusal names what the act lacks.',
  sayTitle: 'The act does not answer this question',
  sayText:
    'Read the act before you save: this question, and those that ask the same in nearly the same words, will be refused until the act changes.',
  name: 'What the act does not say',
  nameHint: 'In short, as a caller will hear it: “pay of trainees”. A known one can be chosen.',
  chooseAct: '– choose an act –',
  act: 'Act',
  sayDo: 'Mark as a gap',
  nowRefused: 'Now it is answered so: {{message}}',
  notAsked: 'The gap is saved, but the question could not be asked again. Ask it yourself in the search.',
  stillAnswered:
    'The gap is saved, but it is answered as before: the question is nearer to one tied to a point. Check people’s questions.',
  undo: 'Take back and correct',
  closeReason: 'Known gap: {{gap}}',
  offer: 'No point answers…',
  silent: 'silent: the act changed on {{date}}',
  checked: 'act read on {{date}}',
  checkedBy: 'act read on {{date}}, {{by}}',
  confirm: 'Still not said',
  confirmed: 'The gap is confirmed',
  search: 'Words of the gap or of a question',
  none: 'No such gaps.',
  lookText:
    'Since the last look something new of the act has come into force. Until an editor has read it and confirmed the gap, nothing is refused by it. If the act answers now, tie the question to the point.',
}
