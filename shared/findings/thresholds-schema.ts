import * as z from 'zod'
import { DEFAULT_THRESHOLDS, type FindingThresholds } from '../domain/finding.ts'

const days = z.int().min(0).max(3650)
/** Costs are read for the window, and at least for two months. */
const daysOfCosts = z.int().min(1).max(365)

/** Thresholds as a configuration sets them. Default of each: `DEFAULT_THRESHOLDS`. */
export const thresholdsSchema: z.ZodType<FindingThresholds> = z
  .strictObject({
    staleKeyDays: days.default(DEFAULT_THRESHOLDS.staleKeyDays),
    eternalKeyDays: days.default(DEFAULT_THRESHOLDS.eternalKeyDays),
    idleMemberDays: days.default(DEFAULT_THRESHOLDS.idleMemberDays),
    removalDays: days.default(DEFAULT_THRESHOLDS.removalDays),
    spikeDays: daysOfCosts.default(DEFAULT_THRESHOLDS.spikeDays),
    spikeBaselineDays: daysOfCosts.default(DEFAULT_THRESHOLDS.spikeBaselineDays),
    spikeCoveredDays: daysOfCosts.default(DEFAULT_THRESHOLDS.spikeCoveredDays),
    spikeTimes: z.int().min(1).max(1000).default(DEFAULT_THRESHOLDS.spikeTimes),
    spikeAmount: z.int().min(0).max(1_000_000_000).default(DEFAULT_THRESHOLDS.spikeAmount),
  })
  .refine(({ spikeCoveredDays, spikeBaselineDays }) => spikeCoveredDays <= spikeBaselineDays, {
    path: ['spikeCoveredDays'],
    error: 'must be at most spikeBaselineDays',
  })
