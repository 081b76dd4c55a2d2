import type { OriginSecret } from '../../shared/aws/origin-secret.ts'
import type { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { FindingThresholds } from '../../shared/domain/finding.ts'
import type { KeyWriter } from '../../shared/ports/key-store.ts'
import type { ClaimPath } from '../../shared/domain/role.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import type { OpenOrganization } from '../../shared/providers/open-organization.ts'
import type { Signer } from '../../shared/ports/signer.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import type { Repositories } from '../../shared/storage/repositories.ts'
import type { RoleRules } from './http/caller.ts'

/** The dependencies of the api function. */
export interface ApiDependencies extends Repositories {
  readonly keys: KeyWriter
  readonly queue: SyncQueue
  readonly openOrganization: OpenOrganization
  /** True for the key of the simulated organization. */
  readonly isSimulatedKey: (key: AdminApiKey) => boolean
  /** The deployment's schedules. Exactly one is the default. */
  readonly schedules: readonly Schedule[]
  /** Rules that map token claims to roles. A caller gets the highest role that any rule grants. */
  readonly roles: readonly RoleRules[]
  /** The claim that contains the caller's address. */
  readonly emailClaim: ClaimPath
  /** Proves that a call came through CloudFront. Undefined when calls may come from anywhere. */
  readonly originSecret?: Pick<OriginSecret, 'matches'> | undefined
  /** The optional data sets that syncs read. Keys are checked for these. */
  readonly optionalDataSets: readonly string[]
  readonly findingThresholds: FindingThresholds
  /** Signs completed reviews. */
  readonly signer: Signer
  /** How many days a completed review is kept. */
  readonly keepReviewsDays: number
  readonly now: () => Date
  /** A new ULID, later than the previous ones. */
  readonly newId: () => string
  readonly logger: Logger
  readonly version: string
}
