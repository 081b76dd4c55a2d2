import type {
  APIGatewayProxyEventPathParameters,
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from 'aws-lambda'
import * as z from 'zod'
import { ORIGIN_SECRET_HEADER } from '../../../shared/aws/origin-secret-header.ts'
import type { AuditAction } from '../../../shared/domain/audit-event.ts'
import { type Operation, takesCsv } from '../../../shared/contracts/operation.ts'
import { integrationIdIn } from '../../../shared/findings/new-finding.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ForbiddenError, ValidationError } from './api-errors.ts'
import { type AddedFields, audited, recordRefusal, type AuditDependencies } from './audited.ts'
import { requireRole, principalOf, type Principal } from './caller.ts'
import type { CsvAnswer } from './csv.ts'
import { MEDIA_TYPES, requireSendable } from './middleware.ts'
import { parseWith, readBody, readCsvBody, readParams, readQuery } from './parse-request.ts'

/** A route in the router's format. */
export interface ApiRoute {
  readonly method: Operation['method']
  readonly path: string
  readonly handler: (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>
}

type RouteDependencies = AuditDependencies & Pick<ApiDependencies, 'roles' | 'emailClaim' | 'originSecret'>

interface Parsed<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly principal: Principal
}

/**
 * Connects an operation to its implementation: checks the role, validates the request by the operation's schemas,
 * records audit events, and answers in JSON or CSV.
 */
export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  deps: RouteDependencies,
  operation: Operation<Params, Query, Body, Answer>,
  answer: (request: Parsed<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<z.output<Answer>>,
  answerCsv?: (request: Parsed<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<CsvAnswer>,
): ApiRoute {
  if (operation.csv !== (answerCsv !== undefined))
    throw new Error(`${operation.operationId}: CSV is not answered as declared.`)
  return served(deps, operation, async (request, attempt, { context, sentQuery }) => {
    if (answerCsv !== undefined && wantsCsv(context, sentQuery['format'])) {
      refusePaging(sentQuery)
      return exported(deps, attempt, context, () => answerCsv(request))
    }
    const changedFields = fieldNamesOf(request.body)
    const action = actionOf(operation, changedFields)
    const act = () => answer(request)
    const result =
      action === 'none'
        ? await act()
        : await audited(deps, { ...attempt, action, changedFields }, act, (answer) => addedBy(action, answer))
    return toJsonResult(operation.answer.status, result)
  })
}

/** The same for an operation that is only answered in CSV. */
export function csvRoute(deps: RouteDependencies, operation: Operation, answerCsv: () => Promise<CsvAnswer>): ApiRoute {
  return served(deps, operation, (_, attempt, { context }) => exported(deps, attempt, context, answerCsv))
}

/** A route that checks the role and the request before it answers. */
function served<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  deps: RouteDependencies,
  operation: Operation<Params, Query, Body>,
  answer: (
    request: Parsed<z.output<Params>, z.output<Query>, z.output<Body>>,
    attempt: Attempt,
    sent: { readonly context: Context; readonly sentQuery: Record<string, string> },
  ) => Promise<APIGatewayProxyStructuredResultV2>,
): ApiRoute {
  const handler: ApiRoute['handler'] = async (event, context) => {
    event.routeKey = `${operation.method} ${operation.path}`
    const principal = await authorize(deps, operation, event)
    const sentQuery = readQuery(event)
    const sentBody = takesCsv(operation) ? readCsvBody(event) : readBody(event)
    const request = {
      params: parseWith(operation.params, readParams(event), 'path'),
      query: parseWith(operation.query, sentQuery, 'query'),
      body: parseWith(operation.body, sentBody, 'body'),
      principal,
    }
    return answer(request, attemptOf(operation, principal, event), { context, sentQuery })
  }
  return { method: operation.method, path: operation.path, handler }
}

type Attempt = ReturnType<typeof attemptOf>

async function exported(
  deps: RouteDependencies,
  attempt: Attempt,
  context: Context,
  answerCsv: () => Promise<CsvAnswer>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const whole = { ...attempt, action: 'export', changedFields: [] } as const
  return toCsvResult(await audited(deps, whole, async () => requireSendable(await answerCsv(), context)))
}

/** Returns the principal when it came the required way and has the operation's role. Refused writes are recorded. */
async function authorize(
  deps: RouteDependencies,
  operation: Operation,
  event: APIGatewayProxyEventV2,
): Promise<Principal> {
  const principal = principalOf(event, deps.roles, deps.emailClaim)
  try {
    await requireOrigin(deps, event)
    return operation.role === 'none' ? principal : requireRole(principal, operation.role)
  } catch (error) {
    if (error instanceof ForbiddenError && operation.method !== 'GET') {
      await recordRefusal(deps, { ...attemptOf(operation, principal, event), changedFields: [] })
    }
    throw error
  }
}

/** Throws `ForbiddenError` for a call that had to come through CloudFront and did not. */
async function requireOrigin({ originSecret }: RouteDependencies, { headers }: APIGatewayProxyEventV2): Promise<void> {
  if (originSecret === undefined || (await originSecret.matches(headers[ORIGIN_SECRET_HEADER]))) return
  throw new ForbiddenError('This address is closed. Call the API at the dashboard’s address.')
}

/**
 * True when CSV is requested: by `?format=csv` or another format of it, or, without a format, by an `Accept` header that prefers it to JSON.
 */
function wantsCsv(context: Context & { preferredMediaType?: unknown }, format: string | undefined): boolean {
  return format === undefined ? context.preferredMediaType === MEDIA_TYPES.csv : format !== 'json'
}

function attemptOf({ operationId }: Operation, actor: Principal, event: APIGatewayProxyEventV2) {
  const params = event.pathParameters ?? {}
  const { reviewId, findingId } = params
  return { actor, operation: operationId, integrationId: integrationIdOf(params), findingId, reviewId }
}

/** What a call is about. The id of a finding has that of its integration. */
function integrationIdOf({ id, findingId }: APIGatewayProxyEventPathParameters): string | undefined {
  return findingId === undefined ? id : integrationIdIn(findingId)
}

/** CSV answers are complete, so paging parameters are rejected. */
function refusePaging(query: Record<string, string>): void {
  const paging = ['limit', 'cursor'].filter((name) => name in query)
  if (paging.length === 0) return
  throw new ValidationError(
    paging.map((field) => ({ field, message: 'is not supported for CSV, which is always complete' })),
  )
}

function actionOf(operation: Operation, changedFields: readonly string[]): 'none' | AuditAction {
  return operation.audit === 'edit' && changedFields.includes('adminApiKey') ? 'key_change' : operation.audit
}

function fieldNamesOf(body: unknown): string[] {
  return typeof body === 'object' && body !== null ? Object.keys(body) : []
}

const created = z.object({ id: z.string() })
const completed = z.object({ evidenceHash: z.string(), decisionsHash: z.string() })

/** What the answer of a call adds to its audit event: the id of what was created, or the hashes of a completed review. */
function addedBy(action: AuditAction, answer: unknown): AddedFields {
  if (action === 'complete_review') return { hashes: completed.parse(answer) }
  const { data } = created.safeParse(answer)
  if (data === undefined) return {}
  if (action === 'connect') return { integrationId: data.id }
  return action === 'create_review' ? { reviewId: data.id } : {}
}

function toJsonResult(statusCode: number, result: unknown): APIGatewayProxyStructuredResultV2 {
  if (result === undefined) return { statusCode }
  return {
    statusCode,
    headers: { 'content-type': 'application/json; charset=utf-8', vary: 'accept' },
    body: JSON.stringify(result),
  }
}

/** CSV cannot contain `asOf`, so a header carries it. */
function toCsvResult({ text, fileName, asOf }: CsvAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      vary: 'accept',
      'content-disposition': `attachment; filename="${fileName}"`,
      'rollcall-as-of': JSON.stringify(asOf),
    },
    body: text,
  }
}
