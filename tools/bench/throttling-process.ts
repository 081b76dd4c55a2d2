import { startThrottlingProxy } from '../../test/fakes/throttling-proxy.ts'
import * as z from 'zod'
import { serve } from './child.ts'

// The proxy that throttles a table's partition keys, in its own process.
const startSchema = z.object({ upstream: z.string(), rates: z.object({ write: z.number(), read: z.number() }) })
let proxy: Awaited<ReturnType<typeof startThrottlingProxy>> | undefined

serve({
  start: async (argument) => {
    const { upstream, rates } = startSchema.parse(argument)
    proxy = await startThrottlingProxy(upstream, rates)
    return proxy.endpoint
  },
  takeCounts: async () => proxy?.takeCounts(),
})
