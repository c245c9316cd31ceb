import { printedDay } from '#ingest/text/printed-day.ts'
import type { Said } from '#server/errors.ts'

/** A fault as code holds it: in Russian for files and the terminal, in every language of the interface for pages. */
export const told = (said: Said): { message: string; said: Said } => ({ message: said.ru, said })

/** Faults as a page tells them. */
export const faultsIn = <Fault extends { message: string; said?: Said }>(
  lang: keyof Said,
  faults: readonly Fault[],
): Omit<Fault, 'said'>[] => faults.map(({ said, ...fault }) => ({ ...fault, message: said?.[lang] ?? fault.message }))

/** What is wrong with a draft, and how to mend it. */
export const WORDING = {
  title: {
    ru: 'Напишите заголовок: не короче трёх знаков',
    kk: 'Тақырыпты жазыңыз: үш таңбадан кем емес',
    en: 'Write a title of three characters at least',
  },
  titleLines: {
    ru: 'Заголовок пишется в одну строку',
    kk: 'Тақырып бір жолға жазылады',
    en: 'A title is one line',
  },
  slug: {
    ru: 'Адрес пишется латинскими строчными буквами и цифрами через один дефис: «srok-otveta»',
    kk: 'Мекенжай латынның кіші әріптерімен және цифрлармен, бір дефис арқылы жазылады: «srok-otveta»',
    en: 'An address is made of small Latin letters and digits with single hyphens: “srok-otveta”',
  },
  slugTaken: {
    ru: 'Статья с таким адресом уже есть: возьмите другой или правьте ту статью',
    kk: 'Мұндай мекенжайы бар мақала бұрыннан бар: басқасын алыңыз немесе сол мақаланы түзетіңіз',
    en: 'There is an article with this address: take another one, or edit that article',
  },
  begun: (day: string): Said => ({
    ru: `${printedDay(day)} прошло: статья начнёт действовать в день публикации`,
    kk: `${printedDay(day)} өтіп кетті: мақала жарияланған күні қолданыла бастайды`,
    en: `${printedDay(day)} is past: the article will begin on the day it is published`,
  }),
  endsBefore: {
    ru: 'Последний день прошёл раньше, чем статья начнёт действовать: поправьте одну из дат',
    kk: 'Соңғы күн мақала қолданыла бастағанға дейін өтеді: күндердің бірін түзетіңіз',
    en: 'The last day comes before the article begins: mend one of the days',
  },
  reviewPast: {
    ru: 'Срок пересмотра уже прошёл: назначьте будущий день',
    kk: 'Қайта қарау мерзімі өтіп кеткен: болашақ күнді белгілеңіз',
    en: 'The review-by date is past: set a day to come',
  },
  reviewUnset: {
    ru: 'Срок пересмотра не назначен: о статье не напомнят',
    kk: 'Қайта қарау мерзімі белгіленбеген: мақала туралы еске салынбайды',
    en: 'No review-by date: nobody will be reminded of the article',
  },
  agency: (id: string): Said => ({
    ru: `Органа ${id} нет в справочнике`,
    kk: `${id} органы анықтамалықта жоқ`,
    en: `Body ${id} is not in the directory`,
  }),
  service: (id: string): Said => ({
    ru: `Услуги ${id} нет в списке услуг`,
    kk: `${id} қызметі қызметтер тізімінде жоқ`,
    en: `Service ${id} is not in the list of services`,
  }),
  notYet: (why: Said): Said => ({
    ru: `Пока не опубликовать: ${why.ru}`,
    kk: `Әзірге жариялауға болмайды: ${why.kk}`,
    en: `Cannot be published yet: ${why.en}`,
  }),
  act: (id: string): Said => ({
    ru: `Акта ${id} нет в базе знаний: выберите другой`,
    kk: `${id} актісі білім базасында жоқ: басқасын таңдаңыз`,
    en: `Act ${id} is not in the knowledge base: choose another one`,
  }),
  noAct: (eid: string): Said => ({
    ru: `Не сказано, какого акта положение ${eid}: выберите акт статьи или добавьте в блок act="act_…"`,
    kk: `${eid} ережесі қай актіден екені айтылмаған: мақаланың актісін таңдаңыз немесе блокқа act="act_…" қосыңыз`,
    en: `It is not said of which act ${eid} is: choose the act of the article, or add act="act_…" to the block`,
  }),
  label: (ours: string, theirs: string): Said => ({
    ru: `Подпись «${ours}» не та: это положение называется «${theirs}»`,
    kk: `«${ours}» жазуы дұрыс емес: бұл ереже «${theirs}» деп аталады`,
    en: `The label “${ours}” is not right: this provision is called “${theirs}”`,
  }),
  referenceMissing: (label: string, text: string, eid: string, day: string): Said => ({
    ru: `${label} ссылается на «${text}» (${eid}), а такого положения на ${printedDay(day)} нет`,
    kk: `${label} «${text}» (${eid}) ережесіне сілтейді, ал ${printedDay(day)} күні ондай ереже жоқ`,
    en: `${label} refers to “${text}” (${eid}), and there is no such provision on ${printedDay(day)}`,
  }),
  provisionUnknown: (eid: string): Said => ({
    ru: `Положения ${eid} в акте нет: проверьте место блока`,
    kk: `Актіде ${eid} ережесі жоқ: блоктың орнын тексеріңіз`,
    en: `The act has no provision ${eid}: check the place of the block`,
  }),
  excluded: (label: string, day: string): Said => ({
    ru: `${label} исключён с ${printedDay(day)}: уберите блок или начните статью раньше`,
    kk: `${label} ${printedDay(day)} бастап алып тасталған: блокты алып тастаңыз немесе мақаланы ертерек бастаңыз`,
    en: `${label} is excluded since ${printedDay(day)}: remove the block, or let the article begin earlier`,
  }),
  over: (label: string, day: string): Said => ({
    ru: `${label} на ${printedDay(day)} уже не действует: уберите блок`,
    kk: `${label} ${printedDay(day)} күні енді қолданылмайды: блокты алып тастаңыз`,
    en: `${label} is no longer in force on ${printedDay(day)}: remove the block`,
  }),
  toCome: (label: string, day: string, from: string): Said => ({
    ru: `${label} на ${printedDay(day)} ещё не действует (с ${printedDay(from)}): начните статью с этого дня`,
    kk: `${label} ${printedDay(day)} күні әлі қолданылмайды (${printedDay(from)} бастап): мақаланы осы күннен бастаңыз`,
    en: `${label} is not yet in force on ${printedDay(day)} (from ${printedDay(from)}): let the article begin on that day`,
  }),
  quoteDiffers: (row: string, ours: string, theirs: string, eid: string, label: string): Said => {
    const mark = `{#${eid} label="${label}" paraphrase}`
    return {
      ru: `${row}: в статье «${ours}», а в акте ${theirs === '' ? 'этих слов нет' : `«${theirs}»`}. Верните слова акта или пометьте блок как пересказ: ${mark}`,
      kk: `${row}: мақалада «${ours}», ал актіде ${theirs === '' ? 'бұл сөздер жоқ' : `«${theirs}»`}. Актінің сөздерін қайтарыңыз немесе блокты мазмұндама деп белгілеңіз: ${mark}`,
      en: `${row}: the article says “${ours}”, and the act ${theirs === '' ? 'does not' : `“${theirs}”`}. Put back the words of the act, or mark the block as a paraphrase: ${mark}`,
    }
  },
  linkArticle: (text: string, id: string, day: string): Said => ({
    ru: `Ссылка «${text}»: опубликованной статьи ${id} на ${printedDay(day)} нет`,
    kk: `«${text}» сілтемесі: ${printedDay(day)} күні жарияланған ${id} мақаласы жоқ`,
    en: `Link “${text}”: there is no published article ${id} on ${printedDay(day)}`,
  }),
  linkAct: (text: string, id: string): Said => ({
    ru: `Ссылка «${text}»: акта ${id} в базе знаний нет`,
    kk: `«${text}» сілтемесі: ${id} актісі білім базасында жоқ`,
    en: `Link “${text}”: act ${id} is not in the knowledge base`,
  }),
  linkPlace: (text: string, anchor: string): Said => ({
    ru: `Ссылка «${text}»: места #${anchor} там нет`,
    kk: `«${text}» сілтемесі: онда #${anchor} орны жоқ`,
    en: `Link “${text}”: there is no place #${anchor} there`,
  }),
  linkHere: (text: string, url: string): Said => ({
    ru: `Ссылка «${text}»: места ${url} в этой статье нет`,
    kk: `«${text}» сілтемесі: бұл мақалада ${url} орны жоқ`,
    en: `Link “${text}”: this article has no place ${url}`,
  }),
  linkFaulty: (text: string, url: string): Said => ({
    ru: `Ссылка «${text}»: адрес ${url} записан с ошибкой`,
    kk: `«${text}» сілтемесі: ${url} мекенжайы қате жазылған`,
    en: `Link “${text}”: the address ${url} is faulty`,
  }),
  linkForeign: (text: string, url: string): Said => ({
    ru: `Ссылка «${text}»: ${url} открыть нельзя. Пишите https://…, mailto:…, tel:…, /articles/…, /acts/… или #место`,
    kk: `«${text}» сілтемесі: ${url} ашуға болмайды. https://…, mailto:…, tel:…, /articles/…, /acts/… немесе #орын деп жазыңыз`,
    en: `Link “${text}”: ${url} cannot be opened. Write https://…, mailto:…, tel:…, /articles/…, /acts/… or #place`,
  }),
  html: {
    ru: 'Разметка HTML не показывается: пишите Markdown, а знак «<» как \\<',
    kk: 'HTML белгілемесі көрсетілмейді: Markdown жазыңыз, ал «<» таңбасын \\< деп жазыңыз',
    en: 'HTML is not shown: write Markdown, and “<” as \\<',
  },
  image: {
    ru: 'Изображения в статьях не показываются: опишите словами',
    kk: 'Мақалаларда суреттер көрсетілмейді: сөзбен сипаттаңыз',
    en: 'Pictures are not shown in articles: describe in words',
  },
  reference: {
    ru: 'Такая ссылка не показывается: пишите [текст](адрес), а знак «[» как \\[',
    kk: 'Мұндай сілтеме көрсетілмейді: [мәтін](мекенжай) деп, ал «[» таңбасын \\[ деп жазыңыз',
    en: 'Such a link is not shown: write [text](address), and “[” as \\[',
  },
  block: {
    ru: 'У блока положения нужны место и подпись: :::provision{#chp_1__para_1 label="п. 1"}',
    kk: 'Ереже блогына орын мен жазу керек: :::provision{#chp_1__para_1 label="п. 1"}',
    en: 'A provision block needs a place and a label: :::provision{#chp_1__para_1 label="п. 1"}',
  },
  duplicate: (eid: string, line: number): Said => ({
    ru: `Положение ${eid} уже есть в строке ${line}: оставьте один блок, ссылка на него должна быть однозначной`,
    kk: `${eid} ережесі ${line}-жолда бар: бір блок қалдырыңыз, оған сілтеме бірмәнді болуы керек`,
    en: `Provision ${eid} stands in line ${line} already: keep one block, so that a link to it has one meaning`,
  }),
  unclosed: {
    ru: 'Блок не закрыт: поставьте после его текста строку :::',
    kk: 'Блок жабылмаған: мәтінінен кейін ::: жолын қойыңыз',
    en: 'The block is not closed: put a line ::: after its text',
  },
  blockUnknown: (name: string): Said => ({
    ru: `Блок :::${name} неизвестен: есть только :::provision`,
    kk: `:::${name} блогы белгісіз: тек :::provision бар`,
    en: `The block :::${name} is unknown: there is only :::provision`,
  }),
  tooLong: (most: number): Said => ({
    ru: `Текст длиннее ${most} знаков: разделите его на статьи`,
    kk: `Мәтін ${most} таңбадан ұзын: оны мақалаларға бөліңіз`,
    en: `The text is longer than ${most} characters: divide it into articles`,
  }),
  empty: { ru: 'В статье нет текста', kk: 'Мақалада мәтін жоқ', en: 'The article has no text' },
  tooManyBlocks: (most: number): Said => ({
    ru: `В статье больше ${most} положений: разделите её`,
    kk: `Мақалада ${most} ережеден көп: оны бөліңіз`,
    en: `The article has more than ${most} provisions: divide it`,
  }),
  notBase: {
    ru: 'Это не версия этой статьи',
    kk: 'Бұл осы мақаланың нұсқасы емес',
    en: 'This is no version of this article',
  },
  range: (most: number): Said => ({
    ru: `Выделите в тексте от 1 до ${most} знаков`,
    kk: `Мәтінде 1-ден ${most} таңбаға дейін белгілеңіз`,
    en: `Select from 1 to ${most} characters of the text`,
  }),
  frontMatter: {
    ru: 'Файл начинается с сведений о статье между строками ---: slug, title, lang',
    kk: 'Файл --- жолдары арасындағы мақала туралы мәліметтен басталады: slug, title, lang',
    en: 'A file begins with the article’s front matter between lines ---: slug, title, lang',
  },
  yaml: (why: string): Said => ({
    ru: `Сведения записаны с ошибкой (YAML): ${why}`,
    kk: `Мәліметтер қате жазылған (YAML): ${why}`,
    en: `The front matter is faulty (YAML): ${why}`,
  }),
  fileOlder: (base: number, current: number): Said => ({
    ru: `Файл не изменён, это текст версии ${base}; после неё опубликована версия ${current}. Чтобы править статью, выгрузите её заново`,
    kk: `Файл өзгертілмеген, бұл ${base}-нұсқаның мәтіні; одан кейін ${current}-нұсқа жарияланған. Мақаланы түзету үшін оны қайта жүктеп алыңыз`,
    en: `The file is unchanged, it is the text of version ${base}; version ${current} was published after it. To edit the article, export it anew`,
  }),
  fileGroundless: {
    ru: 'В файле не сказано, с какой версии он сделан (base), а статью с тех пор могли изменить: выгрузите её заново и перенесите правку',
    kk: 'Файлда оның қай нұсқадан жасалғаны (base) айтылмаған, ал мақала содан бері өзгеруі мүмкін: оны қайта жүктеп алып, түзетуді көшіріңіз',
    en: 'The file does not say which version it was made from (base), and the article may have changed since: export it anew and repeat the edit',
  },
  fileRevision: (revision: number, now: number): Said => ({
    ru: `Правки ${revision} этого черновика в базе знаний нет (сейчас ${now}): выгрузите черновик заново и перенесите изменения`,
    kk: `Білім базасында бұл жобаның ${revision}-түзетуі жоқ (қазір ${now}): жобаны қайта жүктеп алып, өзгерістерді көшіріңіз`,
    en: `The knowledge base has no revision ${revision} of this draft (now ${now}): export the draft anew and repeat the changes`,
  }),
  reviewKept: (inFile: string | null, kept: string | null): Said => ({
    ru: `Срок пересмотра ${inFile === null ? 'в файле не назван' : `в файле — ${printedDay(inFile)}`}, у статьи он с тех пор другой: оставлен ${kept === null ? 'неназначенным' : printedDay(kept)}`,
    kk: `Қайта қарау мерзімі ${inFile === null ? 'файлда аталмаған' : `файлда — ${printedDay(inFile)}`}, мақалада ол содан бері басқа: ${kept === null ? 'белгіленбеген күйде' : printedDay(kept)} қалдырылды`,
    en: `The review-by date ${inFile === null ? 'is not in the file' : `in the file is ${printedDay(inFile)}`}, the article has another one since: ${kept === null ? 'none' : printedDay(kept)} was kept`,
  }),
  fileKnown: (slug: string, id: string): Said => ({
    ru: `Статья «${slug}» уже есть: добавьте в сведения id: ${id} и base`,
    kk: `«${slug}» мақаласы бұрыннан бар: мәліметтерге id: ${id} және base қосыңыз`,
    en: `There is an article “${slug}” already: add id: ${id} and base to the front matter`,
  }),
  fileUnknown: (id: string): Said => ({
    ru: `Статьи ${id} нет в базе знаний`,
    kk: `${id} мақаласы білім базасында жоқ`,
    en: `Article ${id} is not in the knowledge base`,
  }),
  fileSlug: (slug: string): Said => ({
    ru: `Адрес статьи не меняется: верните slug: ${slug}`,
    kk: `Мақаланың мекенжайы өзгермейді: slug: ${slug} қайтарыңыз`,
    en: `The address of an article does not change: put back slug: ${slug}`,
  }),
  fileBase: (base: string): Said => ({
    ru: `Версии ${base} у этой статьи нет: верните base, с которой файл был выгружен`,
    kk: `Бұл мақалада ${base} нұсқасы жоқ: файл жүктелген base мәнін қайтарыңыз`,
    en: `This article has no version ${base}: put back the base that the file was exported with`,
  }),
  assigneeRole: {
    ru: 'Назначить можно редактора, супервизора или администратора',
    kk: 'Редакторды, супервизорды немесе әкімшіні тағайындауға болады',
    en: 'An editor, a supervisor or an administrator can be assigned',
  },
  assigneeAuthor: {
    ru: 'Этот человек писал или отправлял текст: рецензию даёт другой',
    kk: 'Бұл адам мәтінді жазған немесе жіберген: рецензияны басқа адам береді',
    en: 'This person wrote or submitted the text: somebody else reviews it',
  },
} as const
