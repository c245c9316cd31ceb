import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { RouterProvider } from 'react-router'
import { ApiError } from './api/api-error.ts'
import { onSignedOut } from './api/fetch-api.ts'
import { sessionQuery } from './api/queries.ts'
import { createRouter } from './routes.tsx'
import { ToastProvider } from './ui/toast.tsx'

const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // What the server refuses it will refuse again; when it is gone, the connection banner retries.
        retry: (failures, error) => error instanceof ApiError && error.status >= 500 && failures < 1,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })

export function App() {
  const [queries] = useState(createQueries)
  const [router] = useState(createRouter)
  useEffect(() => onSignedOut(() => queries.setQueryData(sessionQuery.queryKey, null)), [queries])
  return (
    <QueryClientProvider client={queries}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </QueryClientProvider>
  )
}
