import { z } from '@hono/zod-openapi'
import { PERSON_ROLES, ROLES } from '#server/context.ts'
import { PASSWORD_MAX, PASSWORD_MIN } from './password-length.ts'

const RoleSchema = z.enum(ROLES).openapi('Role', { description: 'What a caller may do' })
/** Of whoever signs in: `telephony` is for keys of programs. */
const PersonRoleSchema = z.enum(PERSON_ROLES).openapi('PersonRole')
const AgencyIdSchema = z.string().min(1).max(64)
const NameSchema = z.string().trim().min(1).max(200)

/** Lower case, so that one mailbox is one user. */
const EmailSchema = z
  .string()
  .trim()
  .max(254)
  .transform((email) => email.toLowerCase())
  .pipe(z.email())
  .openapi({ type: 'string', format: 'email', example: 'a.serik@example.kz' })

const PasswordSchema = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX)

export const SignInSchema = z
  .object({ email: EmailSchema, password: z.string().min(1).max(PASSWORD_MAX) })
  .openapi('SignIn')

export const ChangePasswordSchema = z
  .strictObject({ currentPassword: z.string().min(1).max(PASSWORD_MAX), newPassword: PasswordSchema })
  .openapi('ChangePassword')

export const ResetPasswordSchema = z
  .object({ password: z.string().openapi({ description: 'Shown this once' }) })
  .openapi('ResetPassword')

const PATH = z
  .string()
  .max(1000)
  .regex(/^\/(?![/\\])/, 'must be a path of this site')

export const OidcSignInSchema = z.object({ returnTo: PATH.default('/') }).openapi('OidcSignIn')

export const OidcRedirectSchema = z
  .object({ url: z.string() })
  .openapi('OidcRedirect', { description: 'Where to send the browser' })

export const SessionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: RoleSchema,
    agencyId: z.string().nullable(),
    credential: z.enum(['cookie', 'key']),
  })
  .openapi('Session')

export const SignedInSchema = z.object({ user: SessionSchema.omit({ credential: true }) }).openapi('SignedIn')

export const SignInOptionsSchema = z.object({ password: z.boolean(), oidc: z.boolean() }).openapi('SignInOptions')

export const UserSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: RoleSchema,
    agencyId: z.string().nullable(),
    disabledAt: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('User')

export const NewUserSchema = z
  .strictObject({
    email: EmailSchema,
    name: NameSchema,
    role: PersonRoleSchema,
    agencyId: AgencyIdSchema.nullable().default(null),
    password: PasswordSchema.optional().openapi({ description: 'Left out: the server makes one and answers it once' }),
  })
  .openapi('NewUser')

export const CreatedUserSchema = z
  .object({
    user: UserSchema,
    password: z.string().nullable().openapi({ description: 'The password the server made; shown this once' }),
  })
  .openapi('CreatedUser')

export const UserChangeSchema = z
  .strictObject({
    role: PersonRoleSchema.optional(),
    agencyId: AgencyIdSchema.nullable().optional(),
    disabled: z.boolean().optional(),
  })
  .openapi('UserChange')

export const KeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    role: RoleSchema,
    agencyId: z.string().nullable(),
    hint: z.string().openapi({ description: 'First characters of the key', example: 'blm_x7Qa' }),
    createdAt: z.string(),
    createdBy: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .openapi('ApiKey')

export const NewKeySchema = z
  .strictObject({ name: NameSchema, role: RoleSchema, agencyId: AgencyIdSchema.nullable().default(null) })
  .openapi('NewApiKey')

export const CreatedKeySchema = z
  .object({ key: z.string().openapi({ description: 'Shown this once' }), apiKey: KeySchema })
  .openapi('CreatedApiKey')

export const EventSchema = z
  .object({
    id: z.string(),
    type: z.string().openapi({ example: 'version.published' }),
    subjectId: z.string(),
    payload: z.record(z.string(), z.unknown()),
    actor: z.object({ kind: z.string(), id: z.string() }),
    requestId: z.string(),
    at: z.string(),
  })
  .openapi('Event')

export type NewUser = z.input<typeof NewUserSchema>
export type UserChange = z.infer<typeof UserChangeSchema>
export type NewKey = z.input<typeof NewKeySchema>
