import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { ApiClient } from '../../../dashboard/src/api/api-client.ts'
import { ApiContext } from '../../../dashboard/src/api/api-context.ts'
import { Routes } from '../../../dashboard/src/routes.tsx'
import { waitUntil } from '../../watchdog.ts'
import { wireProvider } from './wire.ts'

/** What the API answers, by path: JSON, or a whole response. What it has no answer for is not found. */
export type Answers = Readonly<Record<string, unknown>>

/** What holds a place until something is there. */
const LOADING = '.mantine-Skeleton-root'
const NOT_FOUND = { type: 'about:blank', title: 'Not found', status: 404, detail: 'Not found.', code: 'not_found' }

/** Answers to requests that any page can send. */
const ANSWERS: Answers = { '/v1/providers': { items: [wireProvider()] } }

let opened: { root: Root; page: Element } | undefined

/** Closes what is open. */
export function closePage(): void {
  opened?.root.unmount()
  opened?.page.remove()
  opened = undefined
}

/**
 * Opens the dashboard at an address, as somebody who is signed in, over an API that gives these answers; an answer may
 * depend on the query, or come later. What was open before is closed.
 */
export function openPage(address: string, answers: Answers) {
  closePage()
  const asked: URL[] = []
  const sent: { path: string; body: unknown }[] = []
  globalThis.fetch = async (target, options) => {
    const url = new URL(target instanceof Request ? target.url : target, 'https://rollcall.example')
    asked.push(url)
    if (typeof options?.body === 'string')
      sent.push({ path: url.pathname, body: bodyIn(options.body, options.headers) })
    const found = answers[url.pathname] ?? ANSWERS[url.pathname]
    const answer: unknown = await (typeof found === 'function' ? found(Object.fromEntries(url.searchParams)) : found)
    if (answer instanceof Response) return answer
    return Response.json(answer ?? NOT_FOUND, { status: answer === undefined ? 404 : 200 })
  }
  const api = new ApiClient({ authorization: async () => undefined, refused: () => {} })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  const [path = '', searchPath = ''] = address.split('?')
  const { hook } = memoryLocation({ path, searchPath })
  const page = document.body.appendChild(document.createElement('div'))
  opened = { root: createRoot(page), page }
  opened.root.render(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <ApiContext value={api}>
          <Router hook={hook}>
            <Routes />
          </Router>
        </ApiContext>
      </QueryClientProvider>
    </MantineProvider>,
  )
  const queriesTo = (pathname: string) =>
    asked.filter((url) => url.pathname === pathname).map((url) => Object.fromEntries(url.searchParams))
  return {
    page,
    /** The requests with a body, in order. */
    sent,
    /** The queries that were sent to a path, in order. */
    queriesTo,
    /** Does something, and gives the first query of a kind that it sends to a path: any, unless told. */
    queryAfter: async (
      act: () => void,
      pathname: string,
      isMeant: (query: Readonly<Record<string, string>>) => boolean = () => true,
    ) => {
      const sentBefore = queriesTo(pathname).length
      act()
      return waitUntil(`a query to ${pathname}`, () => queriesTo(pathname).slice(sentBefore).find(isMeant))
    },
  }
}

/** A body as it was sent: JSON, or the text of a file. */
function bodyIn(body: string, headers: RequestInit['headers']): unknown {
  return new Headers(headers).get('content-type') === 'application/json' ? JSON.parse(body) : body
}

/** Opens a page, and waits until it has what a selector names and nothing on it is loading any more. */
export async function openLoadedPage(address: string, selector: string, answers: Answers) {
  const open = openPage(address, answers)
  const { page } = open
  const isLoaded = () => page.querySelector(selector) !== null && page.querySelector(LOADING) === null
  await waitUntil(`${selector} at ${address}`, isLoaded, () => page.textContent)
  return open
}
