import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { ApiError } from '../api/api-error.ts'
import { sessionQuery, signInOptionsQuery } from '../api/queries.ts'
import { beginOidc, signIn } from '../api/sign-in.ts'
import { ConnectionBanner } from '../shell/connection-banner.tsx'
import { LanguageSwitch } from '../shell/language-switch.tsx'
import { ThemeSwitch } from '../shell/theme-switch.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'

/** Where one was before; only a path of this workspace. */
const safePath = (from: string | null): string => (from !== null && /^\/(?![/\\])/.test(from) ? from : '/')

interface FormErrors {
  email?: string
  password?: string
  form?: string
  problem?: Error
}

export function SignInPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const session = useQuery(sessionQuery)
  const options = useQuery(signInOptionsQuery)
  const [errors, setErrors] = useState<FormErrors>({})
  const [busy, setBusy] = useState(false)
  const email = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const destination = safePath(params.get('from'))
  usePageTitle(t('signIn.title'))

  if (session.data != null && !busy) return <Navigate to={destination} replace />

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const typedEmail = email.current?.value.trim() ?? ''
    const typedPassword = password.current?.value ?? ''
    if (typedEmail === '' || typedPassword === '') {
      setErrors({
        ...(typedEmail === '' ? { email: t('signIn.needEmail') } : {}),
        ...(typedPassword === '' ? { password: t('signIn.needPassword') } : {}),
      })
      const first = typedEmail === '' ? email : password
      first.current?.focus()
      return
    }
    setBusy(true)
    setErrors({})
    try {
      await signIn(typedEmail, typedPassword)
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await navigate(destination, { replace: true })
    } catch (error) {
      if (error instanceof ApiError && error.status === 429)
        setErrors({ form: t('signIn.throttled', { count: error.retryAfterSeconds ?? 60 }) })
      else if (error instanceof ApiError && (error.status === 401 || error.status === 400 || error.status === 422)) {
        setErrors({ form: t('signIn.wrong') })
        password.current?.select()
      } else if (error instanceof Error) setErrors({ problem: error })
    } finally {
      setBusy(false)
    }
  }

  const enterByOrganisation = async () => {
    setBusy(true)
    setErrors({})
    try {
      window.location.assign(await beginOidc(destination))
    } catch (error) {
      setBusy(false)
      if (error instanceof Error) setErrors({ problem: error })
    }
  }

  const oidc = options.data?.oidc ?? false
  const withPassword = options.data?.password ?? true
  return (
    <div className="sign-in">
      <header className="sign-in-tools">
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <ConnectionBanner />
      <main className="sign-in-main">
        <h1 className="sign-in-name">
          Bilim <span aria-hidden="true">·</span> <span lang="kk">Білім</span>
        </h1>
        <p className="sign-in-tagline">{t('common.tagline')}</p>
        {params.get('expired') === '1' ? (
          <p className="notice" role="status">
            {t('signIn.expired')}
          </p>
        ) : null}
        {params.has('error') ? (
          <p className="notice notice-warn" role="alert">
            {t('signIn.oidcFailed')} {params.get('error_description')}
          </p>
        ) : null}
        {withPassword ? (
          <form className="form" onSubmit={(event) => void submit(event)} noValidate>
            <div className="form-field">
              <label htmlFor="email">{t('signIn.email')}</label>
              <input
                ref={email}
                id="email"
                name="email"
                type="email"
                autoComplete="username"
                autoFocus
                aria-invalid={errors.email !== undefined}
                aria-describedby="email-error"
              />
              <p id="email-error" className="form-error">
                {errors.email}
              </p>
            </div>
            <div className="form-field">
              <label htmlFor="password">{t('signIn.password')}</label>
              <input
                ref={password}
                id="password"
                name="password"
                type="password"
                autoComplete="current-password"
                aria-invalid={errors.password !== undefined || errors.form !== undefined}
                aria-describedby="password-error form-error"
              />
              <p id="password-error" className="form-error">
                {errors.password}
              </p>
            </div>
            <p id="form-error" className="form-error" role="alert">
              {errors.form}
            </p>
            {errors.problem === undefined ? null : <ProblemNotice error={errors.problem} />}
            <button type="submit" className="button button-primary button-wide" disabled={busy}>
              {busy ? t('signIn.submitting') : t('signIn.submit')}
            </button>
          </form>
        ) : null}
        {oidc ? (
          <>
            {withPassword ? <p className="sign-in-or">{t('signIn.or')}</p> : null}
            <button
              type="button"
              className="button button-wide"
              disabled={busy}
              onClick={() => void enterByOrganisation()}
            >
              {t('signIn.withOrganisation')}
            </button>
          </>
        ) : null}
      </main>
    </div>
  )
}
