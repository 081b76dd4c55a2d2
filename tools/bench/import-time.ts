import { createRequire } from 'node:module'

// Run on its own: loads the bundle named by its argument, as Lambda does, and prints how long that took, in
// milliseconds.
const [, , file = ''] = process.argv
const load = createRequire(import.meta.url)
const startedMs = performance.now()
const startedCpu = process.cpuUsage()
if (file.endsWith('.mjs')) await import(file)
else load(file)
const ms = performance.now() - startedMs
const { user, system } = process.cpuUsage(startedCpu)
process.stdout.write(`${JSON.stringify({ ms, cpuMs: (user + system) / 1_000 })}\n`)
process.exit(0)
