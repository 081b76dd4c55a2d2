import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { SimulatedOrganization } from '../../../local/simulated-openai/server.ts'

/** What API Gateway passes on of a request. */
export type OrganizationEvent = Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString' | 'headers'> & {
  readonly requestContext: { readonly http: { readonly method: string } }
}

/** Passes a request on to the simulated organization in this process, and its answer back. */
export async function answerFrom(
  { baseUrl }: Pick<SimulatedOrganization, 'baseUrl'>,
  { rawPath, rawQueryString, headers, requestContext }: OrganizationEvent,
): Promise<APIGatewayProxyStructuredResultV2> {
  // Set piece by piece: no path can lead to another host.
  const url = new URL(baseUrl)
  url.pathname = rawPath
  url.search = rawQueryString
  const { authorization = '' } = headers
  const response = await fetch(url, { method: requestContext.http.method, headers: { authorization } })
  return {
    statusCode: response.status,
    headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
    body: await response.text(),
  }
}
