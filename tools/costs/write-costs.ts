import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Annotations, App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { ASSUMPTIONS } from './assumptions.ts'
import { costTables, withTables } from './cost-tables.ts'
import { countedStage, countStack } from './count-stack.ts'
import { countProviders } from './count-providers.ts'
import { countSyncs } from './count-syncs.ts'
import { COUNTS, type Counts } from './counts.ts'
import { PRICES } from './prices.ts'

// `npm run costs` counts the requests of real syncs again (about two minutes) and computes the tables of docs/costs.md.
// `npm run costs -- --no-count` computes them from the committed counts.
const PAGE = new URL('../../docs/costs.md', import.meta.url)
const COUNTS_FILE = new URL('counts.json', import.meta.url)

const { values } = parseArgs({ options: { 'no-count': { type: 'boolean', default: false } } })
const counts = values['no-count'] ? COUNTS : await countAgain()
const tables = costTables({ counts, assumptions: ASSUMPTIONS, prices: PRICES })
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), tables))
process.stdout.write(`${tables}\n`)

async function countAgain(): Promise<Counts> {
  // `cdk synth` runs CDK's own validation; here it is skipped.
  process.env['CDK_VALIDATION'] = 'false'
  const counted = {
    countedOn: new Date().toISOString().slice(0, 10),
    ...(await countSyncs(ASSUMPTIONS)),
    providers: await countProviders(ASSUMPTIONS),
    stack: countStack(countedTemplate().toJSON()['Resources']),
  }
  writeFileSync(COUNTS_FILE, `${JSON.stringify(counted, null, 2)}\n`)
  return counted
}

function countedTemplate(): Template {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [] } })
  const stack = new RollcallStack(app, 'Costs', { config: countedStage() })
  Annotations.of(stack).acknowledgeWarning('rollcall:exampleAddress', 'Nothing is deployed from here.')
  return Template.fromStack(stack)
}
