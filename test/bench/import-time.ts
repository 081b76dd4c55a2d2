// Run by itself: imports the module named by its argument and prints how long that took, in milliseconds.
const [, , file = ''] = process.argv
const startedMs = performance.now()
const startedCpu = process.cpuUsage()
await import(file)
const ms = performance.now() - startedMs
const { user, system } = process.cpuUsage(startedCpu)
process.stdout.write(`${JSON.stringify({ ms, cpuMs: (user + system) / 1_000 })}\n`)
process.exit(0)
