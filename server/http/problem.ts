import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { DomainError, type ErrorCode } from '#server/errors.ts'
import type { HttpEnv } from './env.ts'

type UiLang = 'ru' | 'kk' | 'en'

const STATUS: Record<ErrorCode, number> = {
  'bad-request': 400,
  'validation-failed': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'source-refused': 422,
  'idempotency-mismatch': 422,
  'payload-too-large': 413,
  'rate-limited': 429,
  'directory-locked': 503,
  unavailable: 503,
}

const TITLES: Record<ErrorCode | 'internal', Record<UiLang, string>> = {
  'bad-request': { ru: 'Запрос составлен неверно', kk: 'Сұрау қате жасалған', en: 'The request is malformed' },
  'validation-failed': { ru: 'В запросе есть ошибки', kk: 'Сұрауда қателер бар', en: 'The request has faults' },
  unauthenticated: { ru: 'Нужно войти', kk: 'Жүйеге кіру қажет', en: 'Sign in first' },
  forbidden: { ru: 'Недостаточно прав', kk: 'Құқық жеткіліксіз', en: 'Not allowed for your role' },
  'not-found': { ru: 'Не найдено', kk: 'Табылмады', en: 'Not found' },
  conflict: { ru: 'Данные уже изменились', kk: 'Деректер өзгеріп қойған', en: 'The data has changed meanwhile' },
  'source-refused': { ru: 'Источник отклонён', kk: 'Дереккөз қабылданбады', en: 'The source was refused' },
  'idempotency-mismatch': {
    ru: 'Этот Idempotency-Key уже использован с другим запросом',
    kk: 'Бұл Idempotency-Key басқа сұрауда қолданылған',
    en: 'This Idempotency-Key was used with another request',
  },
  'payload-too-large': { ru: 'Запрос слишком велик', kk: 'Сұрау тым үлкен', en: 'The request is too large' },
  'rate-limited': {
    ru: 'Слишком много запросов, подождите',
    kk: 'Сұрау тым көп, күте тұрыңыз',
    en: 'Too many requests, wait a little',
  },
  'directory-locked': {
    ru: 'Каталог данных занят',
    kk: 'Деректер каталогы бос емес',
    en: 'The data directory is in use',
  },
  unavailable: { ru: 'Временно недоступно', kk: 'Уақытша қолжетімсіз', en: 'Unavailable for now' },
  internal: { ru: 'Внутренняя ошибка', kk: 'Ішкі қате', en: 'Internal error' },
}

/** The database could not take a value for what it is (SQLSTATE class 22): a NUL in a text, a day that no calendar has. */
export function isUnusableValue(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string' && /^22[0-9A-Z]{3}$/.test(cause.code)) return true
  return false
}

/** Translates any error into RFC 9457 problem details; an unknown one stays opaque and is logged with its request id. */
export function problemOf(error: unknown, c: Context<HttpEnv>): Response {
  const requestId = c.get('requestId')
  const lang = c.get('uiLang') ?? 'ru'
  /** @param said whether the detail too is in the caller's language: then the answer says which that is (RFC 9110, 8.5) */
  const reply = (status: number, code: ErrorCode | 'internal', detail: string, faults?: unknown, said = false) =>
    new Response(
      JSON.stringify({
        type: `urn:bilim:problem:${code}`,
        title: TITLES[code][lang],
        status,
        code,
        detail,
        requestId,
        ...(faults === undefined ? {} : { faults }),
      }),
      {
        status,
        headers: {
          'content-type': 'application/problem+json; charset=utf-8',
          ...(said ? { 'content-language': lang } : {}),
        },
      },
    )
  if (error instanceof DomainError) {
    const shown = error.faults.map(({ said, ...fault }) => ({ ...fault, message: said?.[lang] ?? fault.message }))
    return reply(
      STATUS[error.code],
      error.code,
      error.said?.[lang] ?? (error.code === 'validation-failed' ? TITLES[error.code][lang] : error.message),
      shown.length > 0 ? shown : undefined,
      error.said !== null,
    )
  }
  if (error instanceof HTTPException) {
    const code: ErrorCode =
      error.status === 401
        ? 'unauthenticated'
        : error.status === 403
          ? 'forbidden'
          : error.status === 404
            ? 'not-found'
            : error.status === 413
              ? 'payload-too-large'
              : 'bad-request'
    return reply(error.status, code, error.message === '' ? TITLES[code][lang] : error.message)
  }
  if (isUnusableValue(error)) return reply(400, 'bad-request', TITLES['bad-request'][lang])
  return reply(500, 'internal', TITLES.internal[lang])
}
