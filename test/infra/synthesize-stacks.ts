import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { App, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { ConfigError } from '../../infra/settings/check-config.ts'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { writeOtherApp } from '../docs/other-app.ts'
import { REFUSED_STACKS, STACKS, type TestedStack } from './stacks.ts'

// Run by `synthesized.ts` in the folder that it fills with a cloud assembly for each stack and the messages of the
// refused ones. One process does all, since loading CDK and synthesizing a first stack cost as much as ten more.

/** The stacks that are also checked by cdk-nag’s rules. They contain all constructs. */
const CHECKED = new Set(['production', 'ownIssuer', 'everything'])

for (const [name, stack] of Object.entries<TestedStack>(STACKS)) {
  const { app } = anApp(name, stack)
  if (CHECKED.has(name)) synthesizeChecked(app)
  else app.synth()
}

const { app, stack } = anApp('unencrypted', STACKS.production)
new Queue(stack, 'Unencrypted', { enforceSSL: false })
synthesizeChecked(app)

writeFileSync(
  'refusals.json',
  JSON.stringify(Object.fromEntries(REFUSED_STACKS.map((each) => [each.id, refusal(each)]))),
)

// Two unmodified apps, each synthesized when this process is otherwise idle: the one in docs/deploy.md, and Rollcall's
// own with a named stage and bundled functions.
await importApp('other-app', pathToFileURL(writeOtherApp(process.cwd())).href)
process.env['CDK_CONTEXT_JSON'] = JSON.stringify({ ...cdkJson.context, stage: 'prod' })
await importApp('app', '../../infra/app.ts')

/** Runs an app’s file, as `node` does for the CDK command line. */
async function importApp(name: string, file: string): Promise<void> {
  process.env['CDK_OUTDIR'] = join(process.cwd(), name)
  await import(file)
}

function anApp(name: string, { id, config }: TestedStack): { app: App; stack: RollcallStack } {
  const app = new App({ outdir: join(process.cwd(), name), analyticsReporting: false, treeMetadata: false })
  return { app, stack: new RollcallStack(app, id, { config }) }
}

/** The report contains cdk-nag's findings. CDK throws because of them after everything is written. */
function synthesizeChecked(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  try {
    app.synth()
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('Validation failed')) throw error
  }
}

function refusal({ id, config, env }: TestedStack): string {
  try {
    new RollcallStack(new App(), id, { config, ...(env !== undefined && { env }) })
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'It is not refused.'
}
