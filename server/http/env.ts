import type { Actor } from '#server/context.ts'
import type { InquiryContext } from '#server/inquiries/inquiry-context.ts'

/** What middleware leaves for handlers. */
export interface HttpEnv {
  Variables: {
    requestId: string
    /** Null: nobody has signed in. */
    actor: Actor | null
    /** How the caller was recognised; a cookie needs the cross-site check, a key does not. */
    credential: 'cookie' | 'key' | null
    /** Language of messages, from Accept-Language. */
    uiLang: 'ru' | 'kk' | 'en'
    /** Makes the verbs' context for this request. */
    ctx: InquiryContext
  }
}
