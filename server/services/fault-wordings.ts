import type { MessageCode } from '#ingest/services/messages.ts'

/** What is wrong and how to mend it; `{name}` stands for a value of the message. */
interface Wording {
  reason: string
  mend: string
}
const say = (reason: string, mend: string): Wording => ({ reason, mend })

const ACT_KK = 'Түрін, күнін және нөмірін жазыңыз: «Әділет министрінің 2023 жылғы 12 мамырдағы № 302 бұйрығы».'
const ACT_EN =
  'Write its kind, date and number: «приказ Министра юстиции от 12 мая 2023 года № 302» (order of the Minister of Justice).'
const RESAVE_KK = 'Файлды Excel немесе Word бағдарламасында ашып, қайта сақтаңыз да, тағы жіберіңіз.'
const RESAVE_EN = 'Open the file in Excel or Word, save it anew and send it again.'
const COPY_KK = 'Кестені жаңа кітапқа көшіріп (мәндерін ғана), соны жіберіңіз.'
const COPY_EN = 'Copy the table into a new workbook (values only) and send that.'
const AS_XLSX_KK = 'Файлды «Excel кітабы (.xlsx)» немесе «Word құжаты (.docx)» ретінде сақтаңыз'
const AS_XLSX_EN = 'Save the file as “Excel Workbook (.xlsx)” or “Word Document (.docx)”'
const TEXT_FORMAT_KK = 'Ұяшыққа «Мәтіндік» пішімін беріп, нөмірді қайта жазыңыз.'
const TEXT_FORMAT_EN = 'Give the cell the format “Text” and write the number again.'
const PHONE_KK = 'Телефонды кодымен жазыңыз: +7 7172 74 07 60, вн. 123.'
const PHONE_EN = 'Write the telephone with its code: +7 7172 74 07 60, вн. 123.'

/** The parser's messages in Kazakh and English; in Russian it says them itself (`ingest/services/messages.ts`). */
export const FAULT_WORDINGS: Record<MessageCode, { kk: Wording; en: Wording }> = {
  'file-empty': {
    kk: say('Файл бос.', 'Файлдың сақталғанын және толық жүктелгенін тексеріп, қайта жіберіңіз.'),
    en: say('The file is empty.', 'Check that it was saved and uploaded whole, and send it again.'),
  },
  'file-too-large': {
    kk: say(
      'Файл {limit} МБ-тан үлкен.',
      'Суреттер мен бөгде парақтарды алып тастаңыз немесе мәліметтерді бірнеше файлға бөліңіз.',
    ),
    en: say('The file is larger than {limit} MB.', 'Remove pictures and other sheets, or send several files.'),
  },
  'format-unknown': {
    kk: say('Бұл кесте емес: .xlsx, .csv, .docx және .json оқылады.', '1-қосымшаны осы пішімдердің бірінде сақтаңыз.'),
    en: say('This is no table: .xlsx, .csv, .docx and .json are read.', 'Save Appendix 1 in one of these formats.'),
  },
  'format-old': {
    kk: say(
      'Файл ескі Office пішімінде (.xls, .doc) немесе құпиясөзбен қорғалған.',
      `Құпиясөзді алып тастаңыз. ${AS_XLSX_KK}.`,
    ),
    en: say(
      'The file is of an old Office format (.xls, .doc) or has a password.',
      `Take the password off. ${AS_XLSX_EN}.`,
    ),
  },
  'format-unlike-name': {
    kk: say(
      'Файл аты {named} пішімін көрсетеді, ал мазмұны — {format}; мазмұны бойынша оқылды.',
      'Файлды өз пішімінің кеңейтімімен сақтаңыз.',
    ),
    en: say(
      'The name says {named}, the content is {format}; it was read by its content.',
      'Save files with the extension of their format.',
    ),
  },
  'format-html': {
    kk: say(
      'Файлдың ішінде кесте емес, веб-бет (HTML).',
      'Файлды Excel бағдарламасында ашып, «Excel кітабы (.xlsx)» ретінде сақтаңыз.',
    ),
    en: say(
      'Inside the file is a web page (HTML), not a table.',
      'Open it in Excel and save it as “Excel Workbook (.xlsx)”.',
    ),
  },
  macros: {
    kk: say('Файлда макростар бар ({part}); мұндай файлдар қабылданбайды.', `${AS_XLSX_KK}, макроссыз.`),
    en: say('The file has macros ({part}); such files are not taken.', `${AS_XLSX_EN}, without macros.`),
  },
  'zip-broken': {
    kk: say('Файл бүлінген: оның бумасы оқылмайды.', RESAVE_KK),
    en: say('The file is damaged: its packing cannot be read.', RESAVE_EN),
  },
  'zip-encrypted': {
    kk: say('Файл шифрланған.', 'Құпиясөзді алып тастап, файлды қайта жіберіңіз.'),
    en: say('The file is encrypted.', 'Take the password off and send it again.'),
  },
  'zip-bomb': {
    kk: say('Файлдың бөлігі ({part}) ашылғанда шектен тыс үлкейеді.', COPY_KK),
    en: say('A part of the file ({part}) is immensely large when unpacked.', COPY_EN),
  },
  'xml-broken': {
    kk: say('Файл бүлінген: {part} бөлігі оқылмайды.', RESAVE_KK),
    en: say('The file is damaged: its part {part} cannot be read.', RESAVE_EN),
  },
  'xml-declarations': {
    kk: say('{part} бөлігінде Office құжаттарында болмайтын DOCTYPE жариялаулары бар; файл қабылданбады.', COPY_KK),
    en: say('Part {part} has a DOCTYPE, which documents of Office never have; the file was not taken.', COPY_EN),
  },
  'xml-deep': {
    kk: say('{part} бөлігінің ішкі деңгейлері тым көп.', COPY_KK),
    en: say('Part {part} is nested too deeply.', COPY_EN),
  },
  'part-missing': {
    kk: say('Файлда міндетті {part} бөлігі жоқ.', RESAVE_KK),
    en: say('The file lacks its necessary part {part}.', RESAVE_EN),
  },
  'too-many-sheets': {
    kk: say('Кітапта {limit} парақтан артық.', '1-қосымшасы бар парақты қалдырыңыз.'),
    en: say('The workbook has more than {limit} sheets.', 'Leave the sheet with Appendix 1.'),
  },
  'too-much-text': {
    kk: say('Кестеде мәтін тым көп.', '1-қосымшаның кестесін ғана қалдырыңыз.'),
    en: say('The table has too much text.', 'Leave only the table of Appendix 1.'),
  },
  'too-many-rows': {
    kk: say('Жолдар саны {limit} санынан асады.', 'Мәліметтерді бірнеше файлға бөліңіз немесе бөгде жолдарды жойыңыз.'),
    en: say('There are more than {limit} rows.', 'Send several files, or delete rows that are not services.'),
  },
  'too-many-merges': {
    kk: say('Біріктірілген ұяшықтар тым көп.', COPY_KK),
    en: say('There are too many merged cells.', COPY_EN),
  },
  'encoding-unknown': {
    kk: say('Мәтіннің кодтамасын анықтау мүмкін болмады.', 'Файлды «CSV UTF-8 (үтірмен бөлінген)» ретінде сақтаңыз.'),
    en: say('The encoding of the text could not be told.', 'Save the file as “CSV UTF-8 (comma delimited)”.'),
  },
  'encoding-uncertain': {
    kk: say(
      'Кодтама мәтін бойынша анықталды: {encoding}.',
      'Әріптердің дұрыс оқылғанын тексеріңіз; «CSV UTF-8» ретінде сақтау сенімдірек.',
    ),
    en: say(
      'The encoding was told from the text: {encoding}.',
      'Check that letters were read right; “CSV UTF-8” is safer.',
    ),
  },
  'utf8-broken': {
    kk: say(
      'UTF-8 мәтіні бүлінген: жарамсыз байт, мәтіннің {line}-жолы.',
      'Файлды UTF-8 кодтамасында қайта сақтап, тағы жіберіңіз.',
    ),
    en: say(
      'The UTF-8 text is damaged: a bad byte in line {line} of the text.',
      'Save the file in UTF-8 anew and send it again.',
    ),
  },
  binary: {
    kk: say('Файлда мәтін емес, екілік деректер бар.', 'Кестені .xlsx немесе «CSV UTF-8» ретінде сақтаңыз.'),
    en: say('The file holds binary data, not text.', 'Save the table as .xlsx or “CSV UTF-8”.'),
  },
  'csv-broken': {
    kk: say(
      'Кесте {line}-жолдан әрі оқылмайды: тырнақша жабылмаған немесе ұяшық тым үлкен.',
      'Осы жолдағы тырнақшаларды тексеріңіз: ұяшық ішіндегі тырнақша екі рет жазылады.',
    ),
    en: say(
      'The table cannot be read past line {line}: a quote is not closed, or a cell is too large.',
      'Check the quotes of this line: a quote inside of a cell is written twice.',
    ),
  },
  'json-broken': {
    kk: say('Бұл JSON емес: {where}.', 'Көрсетілген жердегі үтірлерді, тырнақшалар мен жақшаларды тексеріңіз.'),
    en: say('This is no JSON: {where}.', 'Check commas, quotes and brackets there.'),
  },
  'json-shape': {
    kk: say(
      'JSON жолдар тізімі немесе rows өрісі бар нысан болуға тиіс, ал әр жол — нысан.',
      '[{"registryNumber": "…", "name": "…", …}] немесе {"rows": [ … ]} жіберіңіз.',
    ),
    en: say(
      'JSON must be a list of rows or an object with `rows`, and every row an object.',
      'Send [{"registryNumber": "…", "name": "…", …}] or {"rows": [ … ]}.',
    ),
  },
  'header-not-found': {
    kk: say(
      '1-қосымша бағандарының атаулары бар жол табылмады. Ұқсайтындары: {found}.',
      'Кестенің үстінде Қағидаларға 1-қосымшаның нысанындағы баған атауларын қалдырыңыз.',
    ),
    en: say(
      'No row with the column titles of Appendix 1 was found. Alike: {found}.',
      'Keep the column titles of the form of Appendix 1 to the Rules above the table.',
    ),
  },
  'sheet-ambiguous': {
    kk: say(
      '1-қосымшаның кестесі бірнеше жерде бар: {sheets}.',
      'Біреуін қалдырып, қалғандарын жойыңыз немесе бөлек файлдармен жіберіңіз.',
    ),
    en: say(
      'The table of Appendix 1 stands in several places: {sheets}.',
      'Leave one and delete the others, or send them as files of their own.',
    ),
  },
  'sheet-hidden': {
    kk: say('Кесте «{sheet}» жасырын парағынан оқылды.', 'Керек парақ жіберілгенін тексеріңіз.'),
    en: say('The table was read from the hidden sheet «{sheet}».', 'Check that it is the sheet you meant.'),
  },
  'sheets-left-out': {
    kk: say(
      'Бір кесте оқылды, қалған парақтар оқылмады: {sheets}.',
      'Оларда да мәліметтер болса, бір кестеге көшіріңіз.',
    ),
    en: say(
      'One table was read, other sheets were not: {sheets}.',
      'If they hold services too, move them into one table.',
    ),
  },
  'column-missing': {
    kk: say('«{title}» бағаны жоқ.', '1-қосымшаның нысанындағыдай осы атаумен баған қосыңыз.'),
    en: say('Column «{title}» is missing.', 'Add a column of this title, as in the form of Appendix 1.'),
  },
  'column-repeated': {
    kk: say('«{title}» бағаны екі рет кездеседі ({letters}).', 'Біреуін қалдырыңыз.'),
    en: say('Column «{title}» stands twice ({letters}).', 'Leave one of them.'),
  },
  'column-unknown': {
    kk: say('«{title}» бағаны нысанда жоқ; ол оқылмады.', 'Мәліметтер керек болса, нысанның бағандарына көшіріңіз.'),
    en: say(
      'Column «{title}» is not of the form; it was not read.',
      'If it is needed, move it into the columns of the form.',
    ),
  },
  'no-rows': {
    kk: say('Баған атауларының астында бірде-бір жол жоқ.', 'Қызметтер туралы мәліметтерді жазыңыз.'),
    en: say('There is no row under the column titles.', 'Write the services.'),
  },
  'row-left-out': {
    kk: say(
      'Жол қызмет туралы мәліметке ұқсамайды және оқылмады: «{text}».',
      'Бұл қызмет болса, барлық бағанды толтырыңыз.',
    ),
    en: say(
      'The row does not look like a service and was not read: «{text}».',
      'If it is a service, fill in every column.',
    ),
  },
  'cell-empty': {
    kk: say('Ұяшық бос.', 'Оны толтырыңыз.'),
    en: say('The cell is empty.', 'Fill it in.'),
  },
  'cell-too-long': {
    kk: say('Мәтін {limit} таңбадан ұзын.', 'Оны баған талап ететін мәліметке дейін қысқартыңыз.'),
    en: say('The text is longer than {limit} characters.', 'Shorten it to what the column asks for.'),
  },
  'cell-error': {
    kk: say('Мәннің орнында {text} қатесі тұр.', 'Формуланы түзетіңіз немесе мәнді жазыңыз.'),
    en: say('In place of a value is the error {text}.', 'Mend the formula or write the value.'),
  },
  'cell-control-characters': {
    kk: say('Мәтінде көрінбейтін басқару таңбалары бар.', 'Мәтінді қайта теріңіз.'),
    en: say('The text has invisible control characters.', 'Type the text anew.'),
  },
  'cell-formula': {
    kk: say('Ұяшықта формула; оның сақталған мәні алынды.', 'Формуланы мәнмен алмастырыңыз.'),
    en: say('The cell has a formula; its saved value was taken.', 'Put the value in place of the formula.'),
  },
  'cell-formula-without-value': {
    kk: say(
      'Ұяшықта сақталған мәні жоқ формула.',
      'Файлды Excel бағдарламасында ашып, қайта есептетіп сақтаңыз немесе мәнді жазыңыз.',
    ),
    en: say(
      'The cell has a formula without a saved value.',
      'Open the file in Excel, let it calculate and save it, or write the value.',
    ),
  },
  'cell-formula-text': {
    kk: say('Мәтін формула сияқты «{sign}» таңбасынан басталады.', 'Мәнді осы таңбасыз жазыңыз.'),
    en: say('The text begins with «{sign}», like a formula.', 'Write the value without this sign.'),
  },
  'cell-merged-down': {
    kk: say('Ұяшық жоғарғысымен біріктірілген; соның мәні алынды.', 'Тексеруге болуы үшін мәнді әр жолға жазыңыз.'),
    en: say(
      'The cell is merged with the one above; its value was taken.',
      'Write the value in every row, so that it can be checked.',
    ),
  },
  'cell-merged-across': {
    kk: say(
      'Ұяшық көрші бағанмен біріктірілген: мәннің қайсысына тиесілі екені түсініксіз.',
      'Ұяшықтарды ажыратып, мәндерді өз бағандарына жазыңыз.',
    ),
    en: say(
      'The cell is merged with its neighbour: whose the value is cannot be told.',
      'Unmerge the cells and write each value in its own column.',
    ),
  },
  'cell-type': {
    kk: say('Мұнда мәтін күтіледі, ал тұрғаны — {kind}.', 'Мәнді мәтінмен жазыңыз.'),
    en: say('A text is expected here, and there is {kind}.', 'Write the value as text.'),
  },
  'registry-number-wrong': {
    kk: say(
      '«{text}» тізілімдегі қызмет нөміріне ұқсамайды.',
      'Мемлекеттік қызметтер тізіліміндегі нөмірді жазыңыз, мысалы 00101001.',
    ),
    en: say(
      '«{text}» does not look like the number of a service in the registry.',
      'Write the number of the registry of state services, as 00101001.',
    ),
  },
  'registry-number-rounded': {
    kk: say('Нөмір қысқартылған сан түрінде жазылған («{text}»), цифрлары жоғалған.', TEXT_FORMAT_KK),
    en: say('The number is written as a rounded one («{text}»), its digits are lost.', TEXT_FORMAT_EN),
  },
  'registry-number-padded': {
    kk: say(
      'Нөмір бастапқы нөлдерсіз сан болған; {number} деп жазылды.',
      'Нөлдер сақталуы үшін ұяшыққа «Мәтіндік» пішімін беріңіз.',
    ),
    en: say(
      'The number had lost its leading zeros; it was taken as {number}.',
      'Give the cell the format “Text”, so that zeros stay.',
    ),
  },
  'registry-number-unusual': {
    kk: say(
      'Тізілім нөмірлері әдетте сегіз цифрдан тұрады; сол күйінде алынды: {number}.',
      'Нөмірді мемлекеттік қызметтер тізілімімен салыстырыңыз.',
    ),
    en: say(
      'Numbers of the registry mostly have eight digits; taken as it is: {number}.',
      'Compare it with the registry of state services.',
    ),
  },
  'registry-number-repeated': {
    kk: say(
      '{number} нөмірі {row}-жолда тұр.',
      'Бір қызметке бір жол қалдырыңыз; бірнеше жауапты адамды бір ұяшыққа жазыңыз.',
    ),
    en: say(
      'Number {number} stands in row {row} already.',
      'Leave one row for a service; write several responsible persons in one cell.',
    ),
  },
  'name-wrong': {
    kk: say('«{text}» қызмет атауына ұқсамайды.', 'Тізілімдегідей толық атауын сөзбен жазыңыз.'),
    en: say(
      '«{text}» does not look like the name of a service.',
      'Write the full name in words, as the registry has it.',
    ),
  },
  'act-date-impossible': {
    kk: say('Күнтізбеде «{text}» деген күн жоқ.', 'Күнін түзетіңіз.'),
    en: say('No calendar has the date «{text}».', 'Mend the date.'),
  },
  'act-date-future': {
    kk: say('Актінің күні {date} әлі келген жоқ.', 'Күнін түзетіңіз.'),
    en: say('The date of the act, {date}, is still to come.', 'Mend the date.'),
  },
  'act-date-missing': {
    kk: say('Актінің күні көрсетілмеген.', ACT_KK),
    en: say('The date of the act is missing.', ACT_EN),
  },
  'act-number-missing': {
    kk: say('Актінің нөмірі көрсетілмеген.', ACT_KK),
    en: say('The number of the act is missing.', ACT_EN),
  },
  'act-kind-missing': {
    kk: say('Актінің түрі көрсетілмеген (бұйрық, қаулы…).', ACT_KK),
    en: say('The kind of the act is missing (order, decree…).', ACT_EN),
  },
  'changes-unclear': {
    kk: say(
      'Өзгерістер түсініксіз: «{text}»; сол күйінде сақталды.',
      'Әр өзгертуші актінің күні мен нөмірін не «жоқ» деп жазыңыз.',
    ),
    en: say(
      'The amendments could not be read: «{text}»; they were kept as they are.',
      'Write the date and number of each amending act, or «нет» (none).',
    ),
  },
  'change-before-act': {
    kk: say('{date} күнгі өзгеріс актінің өзінен ({act}) бұрын.', 'Екі күнді де тексеріңіз.'),
    en: say('The amendment of {date} is earlier than the act itself ({act}).', 'Check both dates.'),
  },
  'web-wrong': {
    kk: say('«{text}» сайт мекенжайы емес.', 'Мекенжайды жазыңыз, мысалы https://egov.kz.'),
    en: say('«{text}» is not the address of a site.', 'Write an address, as https://egov.kz.'),
  },
  'web-scheme': {
    kk: say(
      '«{text}» мекенжайы браузерде бет ретінде ашылмайды.',
      'https:// немесе http:// деп басталатын мекенжайды жазыңыз.',
    ),
    en: say(
      'The address «{text}» does not open in a browser as a page.',
      'Write an address that begins with https:// or http://.',
    ),
  },
  'person-unclear': {
    kk: say('Тегі мен аты табылмады: «{text}».', 'Тегін, атын, әкесінің атын және үтірден кейін лауазымын жазыңыз.'),
    en: say('No surname and name found: «{text}».', 'Write surname, name, patronymic and, after a comma, the post.'),
  },
  'post-missing': {
    kk: say(
      'Лауазымы көрсетілмеген: «{text}».',
      'Лауазымын тегінен, атынан және әкесінің атынан кейін үтір арқылы жазыңыз.',
    ),
    en: say('The post is missing: «{text}».', 'Write the post after the name and a comma.'),
  },
  'phone-missing': {
    kk: say('Телефон жоқ.', PHONE_KK),
    en: say('There is no telephone.', PHONE_EN),
  },
  'phone-wrong': {
    kk: say('«{text}» телефонға ұқсамайды.', PHONE_KK),
    en: say('«{text}» does not look like a telephone.', PHONE_EN),
  },
  'phone-without-code': {
    kk: say('«{text}» телефонында қала коды жоқ.', PHONE_KK),
    en: say('Telephone «{text}» has no area code.', PHONE_EN),
  },
  'phone-foreign': {
    kk: say('{text} телефоны Қазақстандікі емес.', 'Нөмірді тексеріңіз.'),
    en: say('Telephone {text} is not of Kazakhstan.', 'Check the number.'),
  },
  'email-missing': {
    kk: say('Электрондық пошта мекенжайы жоқ.', 'Мекенжайды жазыңыз, мысалы i.familia@adilet.gov.kz.'),
    en: say('There is no e-mail address.', 'Write one, as i.familia@adilet.gov.kz.'),
  },
  'email-wrong': {
    kk: say(
      '«{text}» электрондық пошта мекенжайы емес.',
      'Мекенжайды тексеріңіз: латын әріптері, бір @ белгісі, доменде нүкте.',
    ),
    en: say('«{text}» is not an e-mail address.', 'Check it: Latin letters, one @, a dot in the domain.'),
  },
  'email-cyrillic': {
    kk: say(
      '«{text}» мекенжайында орыс немесе қазақ әріптері бар ({letters}).',
      'Мекенжайды латын әріптерімен теріңіз.',
    ),
    en: say('The address «{text}» has Russian or Kazakh letters ({letters}).', 'Type the address in Latin letters.'),
  },
  'contacts-left-out': {
    kk: say(
      'Мәтіннің бір бөлігі түсініксіз және байланыс деректеріне сақталмады: «{text}».',
      'Бағанда телефондар мен пошта мекенжайларын қалдырыңыз.',
    ),
    en: say(
      'A part of the text was not understood and not kept in the contacts: «{text}».',
      'Leave telephones and e-mail addresses in the column.',
    ),
  },
  'responsible-replaced': {
    kk: say(
      '{number} қызметінің жауапты адамы ауысады, ал 1-қосымшада ауысқан күні жоқ: хабарлау мерзімін (27-тармақ) санау мүмкін емес.',
      'Алдымен қызмет бетінде ауысқан күнін көрсетіп хабарлаңыз («Ауыстыру»), содан кейін 1-қосымшаны жіберіңіз.',
    ),
    en: say(
      'The responsible person of service {number} is replaced, and Appendix 1 has no day of the replacement: the term of the notice (point 27 of the Rules) cannot be counted.',
      'Give notice with the day of the replacement on the page of the service first, then send Appendix 1.',
    ),
  },
  'day-ahead': {
    kk: say('Бұл күн әлі келген жоқ.', 'Бүгіннен кеш емес күнді жазыңыз.'),
    en: say('This day is still to come.', 'Write today or a day before.'),
  },
  'before-appointment': {
    kk: say('Бұрынғы адам {date} тағайындалған: ауысу одан ерте бола алмайды.', 'Ауысқан күнін тексеріңіз.'),
    en: say(
      'The person before was appointed on {date}: the replacement cannot be earlier.',
      'Check the day of the replacement.',
    ),
  },
  'person-unchosen': {
    kk: say('Қызметке бірнеше адам жауап береді: {count}.', 'Олардың қайсысы ауысатынын көрсетіңіз.'),
    en: say('Several persons answer for the service: {count}.', 'Say which of them is replaced.'),
  },
  'person-not-in-office': {
    kk: say('Бұл адам қызметке жауап бермейді.', 'Бетті жаңартып, қазір жауап беретін адамды таңдаңыз.'),
    en: say('This person does not answer for the service.', 'Load the page again and choose somebody who does now.'),
  },
  'protocol-file-empty': {
    kk: say('Хаттама файлы бос.', 'Қол қойылған хаттаманың файлын тіркеңіз.'),
    en: say('The file of the protocol is empty.', 'Attach the file of the signed protocol.'),
  },
  'same-signatory': {
    kk: say('Хаттамаға екі тарап қол қояды, ал бір адам аталған.', 'Орган атынан қол қойған адамды жазыңыз.'),
    en: say('Both sides sign the protocol, and one person is named for both.', 'Write who signed for the agency.'),
  },
  'training-ahead': {
    kk: say('Оқыту әлі өткен жоқ.', 'Ол өткен күнді жазыңыз.'),
    en: say('The training is still to come.', 'Write the day on which it was held.'),
  },
  'training-early': {
    kk: say(
      'Осы қызмет бойынша 1-қосымша {date} алынған: оқыту одан кейін өтеді (21-тармақ).',
      'Оқыту күнін тексеріңіз.',
    ),
    en: say(
      'Appendix 1 of this service was received on {date}: the training comes after it (point 21).',
      'Check the day of the training.',
    ),
  },
  'protocol-early': {
    kk: say(
      'Осы қызмет бойынша 1-қосымша {date} алынған: хаттамаға одан ерте қол қойылуы мүмкін емес (22-тармақ).',
      'Қол қойылған күнді тексеріңіз.',
    ),
    en: say(
      'Appendix 1 of this service was received on {date}: the protocol cannot have been signed earlier (point 22).',
      'Check the day of signing.',
    ),
  },
  'act-unclear': {
    kk: say('Актінің күні мен нөмірі табылмады.', 'Оларды жазыңыз: «12.05.2023 № 302 бұйрық».'),
    en: say('The date and number of the act were not found.', 'Write them: «приказ от 12.05.2023 № 302».'),
  },
  'act-ahead': {
    kk: say('Актінің күні әлі келген жоқ.', 'Күнін тексеріңіз.'),
    en: say('The date of the act is still to come.', 'Check the date.'),
  },
  'act-outside-calendar': {
    kk: say(
      'Бұл актінің жылы өндірістік күнтізбеде жоқ: мерзімді санау мүмкін емес.',
      'Күнін тексеріңіз; дұрыс болса, күнтізбені толықтырыңыз.',
    ),
    en: say(
      'The calendar of working days has no year of this act: the term cannot be counted.',
      'Check the date; if it is right, add the year to the calendar.',
    ),
  },
  'form-without-file': {
    kk: say('Формада файл жоқ.', 'Файлды file өрісіне тіркеңіз.'),
    en: say('The form has no file.', 'Attach the file in the field file.'),
  },
  'service-unnamed': {
    kk: say('Қызмет көрсетілмеген.', '26-тармақтың мерзімі үшін актісі өзгерген қызметті көрсетіңіз.'),
    en: say('No service is named.', 'For a term of point 26 name the service whose act was amended.'),
  },
  'service-of-another': {
    kk: say('Бұл басқа органның қызметі.', 'Мерзімі басталатын органның қызметін таңдаңыз.'),
    en: say('The service is of another agency.', 'Choose a service of the agency whose term you start.'),
  },
  'service-held-elsewhere': {
    kk: say(
      '{number} қызметі алдын ала басқа органға жазылған, оны тек сол орган ала алады.',
      'Қызмет сіздікі болса, байланыс орталығының супервайзерінен 1-қосымшаны органыңыздың атынан ұсынуды сұраңыз.',
    ),
    en: say(
      'Service {number} is held for another body for the time being, and only that body can take it over.',
      'If the service is yours, ask the supervisor of the contact centre to submit Appendix 1 in the name of your body.',
    ),
  },
  'agency-unnamed': {
    kk: say('Орган көрсетілмеген.', 'Қай орган үшін жазатыныңызды көрсетіңіз: agencyId.'),
    en: say('No agency is named.', 'Name the agency for which you write: agencyId.'),
  },
  'agency-unknown': {
    kk: say(
      'Анықтамалықта {agency} органы жоқ.',
      'Идентификаторды органдар анықтамалығынан тексеріңіз: GET /api/v1/agencies.',
    ),
    en: say(
      'The directory has no agency {agency}.',
      'Check the identifier in the directory of agencies: GET /api/v1/agencies.',
    ),
  },
}
