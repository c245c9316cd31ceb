import { routes } from '#server/http/route.ts'
import { inquiryRoutes } from './inquiry-routes.ts'

/** The service desk: inquiries and the replies to them. */
export const deskRoutes = routes().route('/', inquiryRoutes)
