import { routes } from '#server/http/route.ts'
import { deadlineRoutes } from './deadline-routes.ts'
import { heldServiceRoutes } from './held-service-routes.ts'
import { updateRequestRoutes } from './update-request-routes.ts'
import { submissionRoutes } from './submission-routes.ts'

/** Services, what agencies submit of them, and the clocks of п. 20–27 and 33. */
export const serviceRoutes = routes()
  .route('/', submissionRoutes)
  .route('/', heldServiceRoutes)
  .route('/', deadlineRoutes)
  .route('/', updateRequestRoutes)
