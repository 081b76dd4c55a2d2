import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Simulates a deployer's mistake: the file is read unchanged except for one word.
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/infra/config.ts')) return loaded
    return { ...loaded, source: readFileSync(new URL(url), 'utf8').replace('rate(6 hours)', 'rate(6 ours)') }
  },
})
