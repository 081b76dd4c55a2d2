import { serve } from './child.ts'

// An idle Node process. The functions' memory is compared with it.
serve({ peakBytes: async () => process.resourceUsage().maxRSS * 1_024 })
