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
// The document's own bar stays until it is known which page comes. What goes wrong here, the app shows.
await queryClient.prefetchQuery(CONFIG_QUERY)

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'rollcall.theme' })}
      // Both write <style> elements, which the content policy refuses; tokens.css does their work.
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
