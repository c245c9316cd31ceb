import { routes } from '#server/http/route.ts'
import { editedArticleRoutes } from './edited-article-routes.ts'
import { commentRoutes } from './comment-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { draftTextRoutes } from './draft-text-routes.ts'
import { reviewRoutes } from './review-routes.ts'
import { agencyTaskRoutes } from './agency-task-routes.ts'
import { taskRoutes } from './task-routes.ts'

/** Editorial work: drafts, reviews, comments, tasks, articles. The order is that of the API's reference. */
export const editorialRoutes = routes()
  .route('/', draftRoutes)
  .route('/', draftTextRoutes)
  .route('/', reviewRoutes)
  .route('/', commentRoutes)
  .route('/', taskRoutes)
  .route('/', agencyTaskRoutes)
  .route('/', editedArticleRoutes)
