import { lazy } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { SearchPage } from './search/search-page.tsx'
import { AppShell } from './shell/app-shell.tsx'
import { CrashPage } from './shell/crash-page.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const ArticlePage = lazy(async () => ({ default: (await import('./articles/article-page.tsx')).ArticlePage }))
const ArticleListPage = lazy(async () => ({
  default: (await import('./articles/article-list-page.tsx')).ArticleListPage,
}))
const ActPage = lazy(async () => ({ default: (await import('./acts/act-page.tsx')).ActPage }))
const ActListPage = lazy(async () => ({ default: (await import('./acts/act-list-page.tsx')).ActListPage }))
const ImportPage = lazy(async () => ({ default: (await import('./acts/import-page.tsx')).ImportPage }))
const PassportPage = lazy(async () => ({ default: (await import('./passports/passport-page.tsx')).PassportPage }))
const InboxPage = lazy(async () => ({ default: (await import('./editor/inbox-page.tsx')).InboxPage }))
const QueryLogPage = lazy(async () => ({ default: (await import('./query-log/query-log-page.tsx')).QueryLogPage }))
const SynonymsPage = lazy(async () => ({ default: (await import('./synonyms/synonyms-page.tsx')).SynonymsPage }))
const SampleQuestionsPage = lazy(async () => ({
  default: (await import('./sample-questions/sample-questions-page.tsx')).SampleQuestionsPage,
}))
const KnownGapsPage = lazy(async () => ({ default: (await import('./known-gaps/known-gaps-page.tsx')).KnownGapsPage }))
const NewDraftPage = lazy(async () => ({ default: (await import('./editor/new-draft-page.tsx')).NewDraftPage }))
const DraftPage = lazy(async () => ({ default: (await import('./editor/draft-page.tsx')).DraftPage }))
const ServiceListPage = lazy(async () => ({
  default: (await import('./services/service-list-page.tsx')).ServiceListPage,
}))
const ServicePage = lazy(async () => ({ default: (await import('./services/service-page.tsx')).ServicePage }))
const SubmitPage = lazy(async () => ({ default: (await import('./services/submit-page.tsx')).SubmitPage }))
const DeadlineListPage = lazy(async () => ({
  default: (await import('./services/deadline-list-page.tsx')).DeadlineListPage,
}))
const AgencyListPage = lazy(async () => ({
  default: (await import('./agencies/agency-list-page.tsx')).AgencyListPage,
}))
const SubmissionListPage = lazy(async () => ({
  default: (await import('./services/submission-list-page.tsx')).SubmissionListPage,
}))
const CalendarPage = lazy(async () => ({ default: (await import('./calendar/calendar-page.tsx')).CalendarPage }))
const AnswerRecordPage = lazy(async () => ({
  default: (await import('./answers/answer-record-page.tsx')).AnswerRecordPage,
}))
const InquiryListPage = lazy(async () => ({
  default: (await import('./desk/inquiry-list-page.tsx')).InquiryListPage,
}))
const IncomingMailPage = lazy(async () => ({
  default: (await import('./desk/incoming-mail-page.tsx')).IncomingMailPage,
}))
const InquiryPage = lazy(async () => ({ default: (await import('./desk/inquiry-page.tsx')).InquiryPage }))
const CallListPage = lazy(async () => ({ default: (await import('./desk/call-list-page.tsx')).CallListPage }))
const CallPage = lazy(async () => ({ default: (await import('./desk/call-page.tsx')).CallPage }))
const AdminPage = lazy(async () => ({ default: (await import('./admin/admin-page.tsx')).AdminPage }))

export const ROUTES: readonly RouteObject[] = [
  { path: '/sign-in', element: <SignInPage />, errorElement: <CrashPage /> },
  {
    path: '/',
    element: <AppShell />,
    errorElement: <CrashPage />,
    children: [
      { index: true, element: <SearchPage /> },
      { path: 'articles', element: <ArticleListPage /> },
      { path: 'articles/:articleId', element: <ArticlePage /> },
      { path: 'acts', element: <ActListPage /> },
      { path: 'acts/import', element: <ImportPage /> },
      { path: 'acts/:actId', element: <ActPage /> },
      { path: 'acts/:actId/passports/:eid', element: <PassportPage /> },
      { path: 'editorial', element: <InboxPage /> },
      { path: 'editorial/new', element: <NewDraftPage /> },
      { path: 'editorial/drafts/:draftId', element: <DraftPage /> },
      { path: 'query-log', element: <QueryLogPage /> },
      { path: 'synonyms', element: <SynonymsPage /> },
      { path: 'sample-questions', element: <SampleQuestionsPage /> },
      { path: 'known-gaps', element: <KnownGapsPage /> },
      { path: 'services', element: <ServiceListPage /> },
      { path: 'services/submit', element: <SubmitPage /> },
      { path: 'services/submissions', element: <SubmissionListPage /> },
      { path: 'services/calendar', element: <CalendarPage /> },
      { path: 'services/deadlines', element: <DeadlineListPage /> },
      { path: 'services/:serviceId', element: <ServicePage /> },
      { path: 'agencies', element: <AgencyListPage /> },
      { path: 'answers/:answerId', element: <AnswerRecordPage /> },
      { path: 'inquiries', element: <InquiryListPage /> },
      { path: 'incoming-mail', element: <IncomingMailPage /> },
      { path: 'inquiries/:inquiryId', element: <InquiryPage /> },
      { path: 'calls', element: <CallListPage /> },
      { path: 'calls/:callId', element: <CallPage /> },
      { path: 'admin', element: <AdminPage /> },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]

export const createRouter = () => createBrowserRouter([...ROUTES])
