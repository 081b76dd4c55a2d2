import type { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { adviceFor, needsAction, ProviderError } from '../../../shared/domain/problem.ts'
import type { KeyCheck, Organization } from '../../../shared/providers/organization.ts'
import { findSameOrganization } from '../../../shared/storage/find-same-organization.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { AlreadyConnectedError, KeyRefusedError } from '../http/api-errors.ts'

const CHECK_WITHIN_MS = 15_000

type CheckDependencies = Pick<ApiDependencies, 'openOrganization' | 'isSimulatedKey'>

/** Tries a key on both data sets, within 15 s. Stores nothing. */
export async function checkKey(deps: CheckDependencies, key: AdminApiKey, now: Date): Promise<KeyCheck> {
  return open(deps, key, now).checkKey(now)
}

/**
 * Tries a key that is to be stored: it must read both data sets, and be of an organization that no other integration has than
 * `ownId`. Throws `KeyRefusedError`, `AlreadyConnectedError`.
 */
export async function checkNewKey(
  deps: CheckDependencies & Pick<ApiDependencies, 'integrations' | 'records'>,
  key: AdminApiKey,
  now: Date,
  ownId?: string,
): Promise<KeyCheck> {
  const organization = open(deps, key, now)
  const check = await organization.checkKey(now)
  requireValid(check)
  await requireNotConnected(deps, organization, ownId)
  return check
}

function open(deps: CheckDependencies, key: AdminApiKey, now: Date): Organization {
  const deadline = new Date(now.getTime() + CHECK_WITHIN_MS)
  return deps.openOrganization({ key, simulated: deps.isSimulatedKey(key), deadline })
}

/** Throws `KeyRefusedError` with the cause and the cure; what only a person can mend goes before what passes. */
function requireValid(check: KeyCheck): void {
  if (check.valid) return
  const failing = check.checks.filter((each) => !each.ok)
  const cause = failing.find(({ code }) => code !== null && needsAction(code)) ?? failing[0]
  if (cause?.code == null) throw new Error('A key was refused without a reason.')
  throw new KeyRefusedError(cause.code, cause.detail ?? adviceFor(cause.code, cause.dataset))
}

/** Two that are connected at once are both let pass: the first sync of one of them finds the other. */
async function requireNotConnected(
  deps: Pick<ApiDependencies, 'integrations' | 'records'>,
  organization: Organization,
  ownId: string | undefined,
): Promise<void> {
  const integrations = await deps.integrations.listIntegrations()
  const others = integrations.filter(
    ({ id, lifecycle, published }) => id !== ownId && lifecycle === 'visible' && published !== null,
  )
  if (others.length === 0) return
  const [connected] = await findSameOrganization(deps.records, others, await firstPageOf(organization))
  if (connected !== undefined) throw new AlreadyConnectedError(connected.name)
}

/** Nobody, when it cannot be read: not knowing is no reason to refuse a key that was checked. */
async function firstPageOf(organization: Organization) {
  try {
    return await organization.readFirstPage()
  } catch (error) {
    if (error instanceof ProviderError) return []
    throw error
  }
}
