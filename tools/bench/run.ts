import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { REVIEW_ITEMS_AT_MOST } from '../../shared/domain/review.ts'
import { coldApiFigures, warmApiFigures } from './api-figures.ts'
import { coldStartFigures } from './cold-start-figures.ts'
import { costsFigures } from './costs-figures.ts'
import { dispatchFigures, dispatchMemoryFigures } from './dispatch-figures.ts'
import { allFigures, type Figures } from './figure.ts'
import { firstAnswerFigures } from './first-answer-figures.ts'
import { growthFigures } from './growth-figures.ts'
import { memoryFigures } from './memory-figures.ts'
import { organizationsFigures } from './organizations-figures.ts'
import { reviewsFigures } from './reviews-figures.ts'
import { lineOf, withFigures, withLargeFigures } from './report.ts'
import { openStage, type Stage } from './stage.ts'
import { syncFigures } from './sync-figures.ts'
import { throttledFigures } from './throttled-figures.ts'
import { writeUnitFigures } from './write-unit-figures.ts'

// `npm run bench` measures everything against its baseline and writes docs/performance.md. `-- --only=members` measures
// a part and writes nothing. `-- --large` adds the memory at 50,000 members.
const PAGE = new URL('../../docs/performance.md', import.meta.url)
const SMALL = 1_000
const MEMBERS = 5_000
const LARGE = 10_000
const THROTTLED = 30_000
const VERY_LARGE = 50_000
const ORGANIZATIONS = 100

const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, only: { type: 'string' } } })

const parts: Readonly<Record<string, () => Promise<Figures>>> = {
  'cold-start': () => coldStartFigures(9),
  dispatch: async () => allFigures([await dispatchFigures(LARGE, 5), await dispatchMemoryFigures(LARGE, 256)]),
  members: () => onStage(MEMBERS, membersFigures),
  costs: () => onStage(MEMBERS, (stage) => costsFigures(stage, { first: 3, quiet: 5 })),
  large: () => onStage(SMALL, (small) => onStage(LARGE, (large) => largeFigures(small, large))),
  throttled: () => throttledFigures(THROTTLED),
  organizations: () => onStage(SMALL, (stage) => organizationsFigures(stage, ORGANIZATIONS, { first: 5, later: 7 })),
  reviews: () => reviewsFigures(REVIEW_ITEMS_AT_MOST, 3),
  'write-units': async () => writeUnitFigures(),
}

if (values.only !== undefined && !(values.only in parts)) {
  throw new Error(`There is no part ${values.only}. The parts are ${Object.keys(parts).join(', ')}.`)
}
const measured: Figures[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue
  process.stdout.write(`Measuring ${name}.\n`)
  measured.push(told(await measure()))
}
// Only a full run writes the page, so the page is always complete.
if (values.only === undefined) await write((page) => withFigures(page, allFigures(measured)))
if (values.large) {
  const figures = told(await onStage(VERY_LARGE, (stage) => memoryFigures(stage, 512)))
  await write((page) => withLargeFigures(page, figures))
}

async function write(change: (page: string) => string): Promise<void> {
  const page = change(readFileSync(PAGE, 'utf8'))
  writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), parser: 'markdown' }))
}

async function membersFigures(stage: Stage): Promise<Figures> {
  return allFigures([
    await warmApiFigures(stage, 25),
    await firstAnswerFigures(stage, { first: 3, quiet: 11 }),
    await syncFigures(stage, { first: 3, quiet: 11, distant: 3 }),
  ])
}

async function largeFigures(small: Stage, large: Stage): Promise<Figures> {
  return allFigures([
    await coldApiFigures(large, 9),
    await growthFigures(small, large, 5),
    await memoryFigures(large, 256),
  ])
}

async function onStage(members: number, measure: (stage: Stage) => Promise<Figures>): Promise<Figures> {
  const stage = await openStage(members, { isLarge: members >= VERY_LARGE })
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
