import type { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { adviceFor, needsAction } from '../../shared/domain/problem.ts'
import type { KeyCheck } from '../../shared/ports/organization.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { KeyRefusedError } from './api-errors.ts'

const CHECK_WITHIN_MS = 15_000

/** Tries a key on both data sets, within 15 s. Stores nothing. */
export async function checkKey(
  deps: Pick<ApiDependencies, 'openOrganization' | 'isSimulatedKey'>,
  key: AdminApiKey,
  now: Date,
): Promise<KeyCheck> {
  const deadline = new Date(now.getTime() + CHECK_WITHIN_MS)
  return deps.openOrganization({ key, simulated: deps.isSimulatedKey(key), deadline }).checkKey(now)
}

/** Throws `KeyRefusedError` with the cause and the cure; what only a person can mend goes before what passes. */
export function requireValid(check: KeyCheck): void {
  if (check.valid) return
  const failing = check.checks.filter((each) => !each.ok)
  const cause = failing.find(({ code }) => code !== null && needsAction(code)) ?? failing[0]
  if (cause?.code == null) throw new Error('A key was refused without a reason.')
  throw new KeyRefusedError(cause.code, cause.detail ?? adviceFor(cause.code, cause.dataset))
}
