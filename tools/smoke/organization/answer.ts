import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { SimulatedOrganization } from '../../../local/simulated-openai/server.ts'

/** The part of API Gateway's event that is used. */
export type OrganizationEvent = Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString' | 'headers'> & {
  readonly requestContext: { readonly http: { readonly method: string } }
}

/** Forwards a request to the simulated organization in this process, and returns its answer. */
export async function answerFrom(
  { baseUrl }: Pick<SimulatedOrganization, 'baseUrl'>,
  { rawPath, rawQueryString, headers, requestContext }: OrganizationEvent,
): Promise<APIGatewayProxyStructuredResultV2> {
  // Sets the parts of the URL one by one, so no path can lead to another host.
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
