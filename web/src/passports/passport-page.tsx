import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { actQuery } from '../api/queries.ts'
import type { Lang } from '../api/types.ts'
import { useScrollTo } from '../articles/use-scroll-to.ts'
import { uiLang } from '../i18n/i18n.ts'
import { isKey, isTyping, useHotkeys } from '../keyboard/hotkey.ts'
import { asOfParam, formatDay, todayInAlmaty } from '../text/days.ts'
import { AsOfBanner } from '../ui/as-of-banner.tsx'
import { AsOfField } from '../ui/as-of-field.tsx'
import { Icon } from '../ui/icon.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { PrintButton } from '../ui/print-button.tsx'
import { PassportGlance, type ShownText } from './passport-glance.tsx'
import { PassportSection } from './passport-section.tsx'
import './passports.css'
import { passportsQuery } from './queries.ts'
import type { Passport, PassportField } from './types.ts'

type Shown = Lang | 'both'
const VIEWS: readonly Shown[] = ['ru', 'kk', 'both']
const LANGS: readonly Lang[] = ['ru', 'kk']
/** What people ask for first stands first. */
const ORDER: readonly PassportField[] = [
  'documents',
  'term',
  'fee',
  'hours',
  'channels',
  'form',
  'refusal',
  'result',
  'provider',
  'other',
]

/** The view asked for, as far as its texts are held: the address, else the language of the interface, else what there is. */
function viewOf(passport: Passport, wanted: string | null): Shown {
  const held = LANGS.filter((lang) => passport[lang] !== null)
  if (wanted === 'both' && held.length > 1) return 'both'
  return held.find((lang) => lang === wanted) ?? held.find((lang) => lang === uiLang()) ?? held[0] ?? 'ru'
}

function View({ passport, view, asOf }: { passport: Passport; view: Shown; asOf: string | null }) {
  const { t } = useTranslation()
  const { hash } = useLocation()
  const targetEid = decodeURIComponent(hash.slice(1))
  useScrollTo(targetEid, true)
  const texts = LANGS.flatMap((lang): ShownText[] => {
    const text = passport[lang]
    return text === null || (view !== 'both' && view !== lang) ? [] : [{ ...text, lang }]
  })
  return (
    <article className="passport" data-testid="passport">
      <header className="passport-head">
        <p className="passport-kind">{t('passport.title')}</p>
        <h1 className="long-title">
          {texts.map(({ lang, name }) => (
            <span key={lang} lang={lang} className="passport-name">
              {name ?? t('passport.unnamed')}
            </span>
          ))}
        </h1>
      </header>
      <section aria-label={t('passport.glance')} className="passport-texts" data-count={texts.length}>
        {texts.map((text) => (
          <PassportGlance key={text.lang} text={text} />
        ))}
      </section>
      {texts.some(({ subservices }) => subservices.length > 0) ? (
        <section className="passport-section" aria-labelledby="subservices-title">
          <h2 id="subservices-title">{t('passport.subservices')}</h2>
          <div className="passport-texts" data-count={texts.length}>
            {texts.map(({ lang, subservices }) => (
              <ul key={lang} lang={lang} className="passport-subservices">
                {subservices.map(({ num, text }, at) => (
                  <li key={at}>
                    {num === null ? '' : `${num}. `}
                    {text}
                  </li>
                ))}
              </ul>
            ))}
          </div>
        </section>
      ) : null}
      {ORDER.flatMap((name) => passport.fields.filter(({ field }) => field === name)).map((field) => (
        <PassportSection
          key={field.field}
          passport={passport}
          field={field}
          texts={texts}
          asOf={asOf}
          targetEid={targetEid}
        />
      ))}
    </article>
  )
}

/** All that an operator says of a service, from the standard in force on the day, with the place of every word. */
export function PassportPage() {
  const { t } = useTranslation()
  const { actId = '', eid = '' } = useParams()
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()
  const asOf = asOfParam(params.get('asOf'))
  const act = useQuery(actQuery(actId))
  const found = useQuery(passportsQuery({ actId, asOf }))
  const passport = found.data?.items.find((one) => one.eid === eid)
  const view = passport === undefined ? 'ru' : viewOf(passport, params.get('lang'))
  const hasBoth = passport !== undefined && passport.ru !== null && passport.kk !== null
  usePageTitle((view === 'both' ? null : passport?.[view]?.name) ?? t('passport.title'))

  const set = (name: string, value: string | null) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  const actHref = `/acts/${encodeURIComponent(actId)}${asOf === null ? '' : `?asOf=${asOf}`}`
  useHotkeys((event) => {
    if (isTyping(event)) return
    if (event.key === 'Escape') void (location.key === 'default' ? navigate(actHref) : navigate(-1))
    else if (isKey(event, 'KeyL') && hasBoth) set('lang', VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'ru')
  })

  const error = found.error ?? act.error
  return (
    <div className="page page-passport">
      <div className="page-bar">
        <Link to={actHref} className="back-button">
          <Icon name="back" /> {act.data?.requisites ?? t('act.title')}
        </Link>
        <div className="page-tools">
          {hasBoth ? (
            <Segmented<Shown>
              label={t('passport.languages')}
              value={view}
              onChange={(next) => set('lang', next)}
              options={[
                { value: 'ru', label: t('lang.ruShort'), title: t('lang.ru') },
                { value: 'kk', label: t('lang.kkShort'), title: t('lang.kk') },
                { value: 'both', label: t('passport.both') },
              ]}
            />
          ) : null}
          <AsOfField value={asOf} onChange={(day) => set('asOf', day)} />
          <PrintButton />
        </div>
      </div>
      <AsOfBanner value={asOf} onReset={() => set('asOf', null)} />
      {error === null ? null : (
        <ProblemNotice
          error={error}
          onRetry={() => {
            void act.refetch()
            void found.refetch()
          }}
        />
      )}
      {error === null && found.isPending ? <Skeleton rows={6} kind="text" /> : null}
      {found.data !== undefined && passport === undefined ? (
        <p className="muted">{t('passport.none', { date: formatDay(asOf ?? todayInAlmaty()) })}</p>
      ) : null}
      {passport === undefined ? null : <View passport={passport} view={view} asOf={asOf} />}
    </div>
  )
}
