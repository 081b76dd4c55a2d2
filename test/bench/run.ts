import '../../infra/local/require-node.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { coldApiFigures, warmApiFigures } from './api-figures.ts'
import { coldStartFigures } from './cold-start-figures.ts'
import { dispatchFigures } from './dispatch-figures.ts'
import { allFigures, type Figures } from './figure.ts'
import { growthFigures } from './growth-figures.ts'
import { memoryFigures } from './memory-figures.ts'
import { lineOf, withFigures } from './report.ts'
import { openStage, type Stage } from './stage.ts'
import { syncFigures } from './sync-figures.ts'
import { writeUnitFigures } from './write-unit-figures.ts'

// `npm run bench` measures everything beside its floor and writes docs/performance.md; `-- --only=api` measures a part
// and writes nothing; `-- --large` adds the memory at 50,000 members.
const PAGE = new URL('../../docs/performance.md', import.meta.url)
const SMALL = 1_000
const MEMBERS = 5_000
const LARGE = 10_000
const VERY_LARGE = 50_000

const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, only: { type: 'string' } } })

const parts: Readonly<Record<string, () => Promise<Figures>>> = {
  'cold-start': () => coldStartFigures(9),
  dispatch: () => dispatchFigures(LARGE, 3),
  sync: () => onStage(MEMBERS, (stage) => syncFigures(stage, { first: 3, quiet: 9 })),
  api: () => onStage(MEMBERS, (stage) => warmApiFigures(stage, 9)),
  large: () => onStage(SMALL, (small) => onStage(LARGE, (large) => largeFigures(small, large))),
  'write-units': async () => writeUnitFigures(),
}

const measured: Figures[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (values.only === undefined || values.only === name) measured.push(told(await measure()))
}
const atVeryLarge = values.large ? told(await onStage(VERY_LARGE, (stage) => memoryFigures(stage, 512))) : null
if (values.only === undefined) {
  const page = withFigures(readFileSync(PAGE, 'utf8'), allFigures(measured), atVeryLarge)
  writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), parser: 'markdown' }))
}

async function largeFigures(small: Stage, large: Stage): Promise<Figures> {
  return allFigures([
    await coldApiFigures(large, 5),
    await growthFigures(small, large, 5),
    await memoryFigures(large, 256),
  ])
}

async function onStage(members: number, measure: (stage: Stage) => Promise<Figures>): Promise<Figures> {
  const stage = await openStage(members, { isRecording: members < VERY_LARGE })
  try {
    return await measure(stage)
  } finally {
    await stage.close()
  }
}

function told(figures: Figures): Figures {
  for (const figure of [...figures.timed, ...figures.counted]) process.stdout.write(`${lineOf(figure)}\n`)
  return figures
}
