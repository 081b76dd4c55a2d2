import './zod-without-eval.ts'
import './theme/mantine-styles.ts'
import './theme/shell.css'
import './theme/tokens.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { App } from './app.tsx'
import { CONFIG_QUERY } from './config.ts'
import { FailureBoundary } from './layout/failure-boundary.tsx'
import { preloadPage } from './routes.tsx'
import { theme } from './theme/theme.ts'

const root = document.querySelector('#root')
if (root === null) throw new Error('The page has no #root.')

preloadPage(location.pathname)
// The document's static bar stays until the first page is known. The app shows errors of this request.
await queryClient.prefetchQuery(CONFIG_QUERY)

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'rollcall.theme' })}
      // Both would write <style> elements, which the content policy refuses; tokens.css replaces them.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <FailureBoundary path="">
          <App />
        </FailureBoundary>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
