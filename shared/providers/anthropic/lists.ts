import { ProviderError } from '../../domain/problem.ts'
import { RequestRefusedError } from '../http/errors.ts'
import type { ApiRequest, HttpClient } from '../http/http-client.ts'

/** Anthropic's maximum page size of lists. */
export const PER_PAGE = 1_000

interface AskedList<Page> extends Pick<ApiRequest<Page>, 'dataSet' | 'schema'> {
  /** Below the organization. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
}

interface AskedPage {
  readonly limit: number
  /** The last entry of the page before. Undefined: the first page. */
  readonly after: string | undefined
}

/** Requests one page of a list. https://docs.claude.com/en/api/admin-api */
export function getPage<Page>(
  client: HttpClient,
  { dataSet, path, schema, query = [] }: AskedList<Page>,
  { limit, after }: AskedPage,
): Promise<Page> {
  const page: [string, string][] = [['limit', String(limit)]]
  if (after !== undefined) page.push(['after_id', after])
  return client.get({ dataSet, path: `/v1/organizations/${path}`, query: [...query, ...page], schema })
}

/** The same for an optional list. One that is not found does not exist in the organization: `data_set_unavailable`. */
export async function getOptionalPage<Page>(client: HttpClient, list: AskedList<Page>, page: AskedPage): Promise<Page> {
  try {
    return await getPage(client, list, page)
  } catch (error) {
    const isMissing = error instanceof RequestRefusedError && error.status === 404 && page.after === undefined
    throw isMissing ? new ProviderError('data_set_unavailable', list.dataSet, { cause: error }) : error
  }
}
