import { config } from '../../infra/config.ts'
import { thresholdsSchema } from '../../shared/findings/thresholds-schema.ts'
import { DEFAULT_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { SYNC_LEASE_MS } from '../../infra/sync-timing.ts'

const stage = config.stages[config.defaultStage]
if (stage === undefined) throw new Error(`infra/config.ts has no stage “${config.defaultStage}”.`)

/** The part of the deployer's configuration that one machine uses. */
export const localConfig = {
  schedules: stage.schedules,
  windowDays: stage.windowDays,
  keepRemovedDays: stage.keepRemovedDays,
  keepReviewsDays: stage.keepReviewsDays,
  optionalDataSets: stage.optionalDataSets ?? DEFAULT_DATA_SETS,
  findingThresholds: thresholdsSchema.parse(stage.findings ?? {}),
  syncLeaseMs: SYNC_LEASE_MS,
}
