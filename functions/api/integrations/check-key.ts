import type { KeyCheckRequest, WireKeyCheck } from '../../../shared/contracts/integration-contract.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { alreadyConnectedAdvice, syncProblem, needsAction, ProviderError } from '../../../shared/domain/problem.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import { isReportedSame } from '../../../shared/integrations/same-organization.ts'
import { checkKey, KEY_CHECK_MS, type KeyCheck } from '../../../shared/providers/check-key.ts'
import { dataSetsRead, providerOf } from '../../../shared/providers/find-provider.ts'
import type { Organization, Provider } from '../../../shared/providers/provider.ts'
import { problemDetail } from '../../../shared/providers/problem-detail.ts'
import { findSameOrganization } from '../../../shared/use-cases/find-same-organization.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ApiError } from '../http/api-errors.ts'
import { toInstant } from './storable-fields.ts'

type CheckDependencies = Pick<ApiDependencies, 'openOrganization' | 'isSimulatedKey' | 'optionalDataSets' | 'now'>

/** Checks a key for each data set that is switched on, within 15 s. Stores nothing. */
export async function tryKey(deps: CheckDependencies, request: KeyCheckRequest): Promise<WireKeyCheck> {
  const key = new AdminApiKey(request.adminApiKey)
  const now = deps.now()
  const provider = providerOf(request.provider)
  const organization = await open(deps, provider, key, now)
  const check = await checkKey(provider, organization, now, dataSetsRead(provider, deps.optionalDataSets))
  return {
    valid: check.valid,
    keyHint: key.hint,
    keyExpiresAt: toInstant(check.key.expiresAt),
    organization: check.key.organization,
    checks: check.checks.map(({ dataSet, required, ok, code, detail }) => ({ dataSet, required, ok, code, detail })),
  }
}

/**
 * Checks a key before it is stored. It must be able to read all required data sets, and its organization must not belong to
 * an integration other than `own`, whose key it replaces. As far as the provider reports it, it must be the organization of
 * `own`'s data. Throws `ApiError` with the code of the problem.
 */
export async function checkNewKey(
  deps: CheckDependencies & Pick<ApiDependencies, 'integrations' | 'records'>,
  provider: Provider,
  key: AdminApiKey,
  own?: Integration,
): Promise<KeyCheck> {
  const now = deps.now()
  const organization = await open(deps, provider, key, now)
  const check = await checkKey(provider, organization, now, dataSetsRead(provider, deps.optionalDataSets))
  requireValid(check)
  const organizationId = check.key.organization?.id ?? null
  if (own?.published != null) {
    const isOwn = isReportedSame(own.organizationId, organizationId)
    if (isOwn === true) return check
    if (isOwn === false)
      throw new ApiError('different_organization', problemDetail(syncProblem('different_organization'), provider))
  }
  const others = await otherIntegrations(deps, provider, own?.id)
  const shown = { organizationId, listFirst: () => firstPageOf(organization) }
  const [connected] = await findSameOrganization(deps.records, others, shown)
  if (connected !== undefined) {
    throw new ApiError('organization_already_connected', alreadyConnectedAdvice(connected.name))
  }
  return check
}

function open(deps: CheckDependencies, { id }: Provider, key: AdminApiKey, now: Date): Promise<Organization> {
  const deadline = new Date(now.getTime() + KEY_CHECK_MS)
  return deps.openOrganization({ provider: id, key, simulated: deps.isSimulatedKey(key), deadline })
}

/** Throws `ApiError` with the cause and the fix. Errors that need user action outrank transient ones. */
function requireValid(check: KeyCheck): void {
  if (check.valid) return
  const failing = check.checks.filter(({ ok, required }) => required && !ok)
  const cause = failing.find(({ code }) => code !== null && needsAction(code)) ?? failing[0]
  if (cause?.code == null || cause.detail === null) throw new Error('A key was refused without a reason.')
  throw new ApiError(cause.code, cause.detail)
}

/**
 * The other integrations of the provider, as far as it is known which organization they have. If two are connected
 * concurrently, neither is found. The first sync of one of them then finds the other.
 */
async function otherIntegrations(
  deps: Pick<ApiDependencies, 'integrations'>,
  provider: Provider,
  ownId: string | undefined,
): Promise<Integration[]> {
  const integrations = await deps.integrations.listIntegrations()
  return integrations.filter(
    (other) =>
      other.id !== ownId &&
      other.provider === provider.id &&
      other.lifecycle === 'visible' &&
      (other.published !== null || other.organizationId !== null),
  )
}

/** Empty when the page cannot be read: a key that passed the check is not refused for this. */
async function firstPageOf(organization: Organization) {
  try {
    return await organization.directory.readFirstPage()
  } catch (error) {
    if (error instanceof ProviderError) return []
    throw error
  }
}
