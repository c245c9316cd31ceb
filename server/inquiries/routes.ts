import { routes } from '#server/http/route.ts'
import { callRoutes } from './calls/call-routes.ts'
import { mailboxRoutes } from './mailbox/mailbox-routes.ts'
import { inquiryRoutes } from './inquiry-routes.ts'
import { noteRoutes } from './notes/note-routes.ts'

/** The service desk: inquiries and the replies to them, calls, their suggestions and their notes. */
export const deskRoutes = routes()
  .route('/', inquiryRoutes)
  .route('/', callRoutes)
  .route('/', noteRoutes)
  .route('/', mailboxRoutes)
