import { serve } from './child.ts'

// Node with nothing to do: what the functions' memory is compared with.
serve({ peakBytes: async () => process.resourceUsage().maxRSS * 1_024 })
