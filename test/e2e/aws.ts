import { join } from 'node:path'
import { config } from '../../infra/config.ts'
import { startSimulatedOrganization as startAnthropic } from '../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { checkAccountOptions, checkKeyOfSecrets, prepareAccount } from './account-options.ts'
import { AwsCalls } from './aws-calls.ts'
import { Cdk } from './cdk.ts'
import { checkSecurity } from './checkov/check-security.ts'
import { checkChangedSchedule } from './changed-schedule.ts'
import { checkDeadLetters } from './dead-letters.ts'
import { checkDeleting } from './deleting.ts'
import { type Deployment, findDeployment } from './deployment.ts'
import { E2E_AUDIENCE, E2E_STACK } from './deployment-names.ts'
import { applyDroppedProperties, checkGuards, raiseTimeLimits } from './dropped-properties.ts'
import { EMULATOR_LIMITS } from './emulator-limits.ts'
import { bareEnvironment } from './environment.ts'
import { startMiniStack } from './ministack.ts'
import { startOidcIssuer } from './oidc-issuer.ts'
import { checkOwnMetrics } from './own-metrics.ts'
import { checkPreflightAfter, checkPreflightBefore } from './preflight.ts'
import { pythonTool } from './python-tools.ts'
import { checkReach } from './reach.ts'
import { checkSecrecy, provokeLeaks } from './secrecy.ts'
import { STACKS } from '../infra/stacks.ts'
import { PLANTED_PEOPLE } from '../secrecy/planted-people.ts'
import { checkSigningIn } from './signing-in.ts'
import { checkReviewing } from './reviewing.ts'
import { checkRestoring } from './restoring.ts'
import { checkSite } from './site.ts'
import { checkSmoke } from './smoke.ts'
import { checkUploading } from './uploading.ts'
import { checkSecond, connectSecond } from './second-provider.ts'
import { type Bench, expect, type Step } from './step.ts'
import { checkConnecting, checkFigures, checkRevokedKey, checkSchedule } from './syncing.ts'
import { SynthesizedTemplate } from './synthesized-template.ts'

const MEMBERS = 120

/** In each of them, cfn-lint knows what there is. */
const LINTED_REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-south-1', 'ap-southeast-2']

/** The whole stack, deployed for real to an emulator of AWS and driven from outside. */
export const awsStep: Step = {
  name: 'aws',
  needsPythonTools: true,
  shows: 'cdk deploy of the whole stack to an emulator of AWS, and the product there, driven from outside',
  run: runAws,
}

async function runAws(bench: Bench): Promise<void> {
  const { deployment, cdk } = await deploy(bench)
  await applyDroppedProperties(deployment)
  await raiseTimeLimits(deployment)
  await checkGuards(deployment)
  bench.say('Table, queue and API are guarded as the template says')
  await checkAccountOptions(deployment)
  await checkSite(deployment)
  await checkReach(deployment)
  const people = await checkSigningIn(deployment)
  const id = await checkConnecting(deployment, people)
  await checkKeyOfSecrets(deployment)
  await checkFigures(deployment, people, id)
  await checkReviewing(deployment, people, id)
  await checkUploading(deployment, people)
  const second = await connectSecond(deployment, people)
  const provoked = await provokeLeaks(deployment, people, id)
  await checkSchedule(deployment, people, id)
  await checkSecond(deployment, people, second)
  await checkRevokedKey(deployment, people, id)
  await checkDeadLetters(deployment)
  await checkRestoring(deployment, people, id)
  await checkDeleting(deployment, people, id)
  await checkOwnMetrics(deployment)
  await checkSecrecy(deployment, provoked)
  const again = await cdk.deploy(join(bench.folder, 'outputs-again.json'))
  expect(again.includes(`${E2E_STACK} (no changes)`), `A second deployment changed something:\n${again}`)
  bench.say('A second cdk deploy without change changed nothing')
  await checkChangedSchedule(deployment, cdk)
  await checkSmoke(deployment)
  bench.say('What the emulator does not show of AWS:')
  for (const limit of EMULATOR_LIMITS) bench.say(`  ${limit}`)
}

async function deploy(bench: Bench): Promise<{ deployment: Deployment; cdk: Cdk }> {
  const organization = await startSimulatedOrganization({ members: MEMBERS })
  bench.onEnd(() => organization.close())
  for (const person of PLANTED_PEOPLE) organization.company.add(person)
  // With its keys, no ending is a plain number, which could occur by chance.
  const anthropic = await startAnthropic({ members: MEMBERS, seed: 'southwind' })
  bench.onEnd(() => anthropic.close())
  const issuer = await startOidcIssuer(E2E_AUDIENCE)
  bench.onEnd(() => issuer.close())
  const emulator = await startMiniStack(bench)
  const aws = new AwsCalls(bench, emulator.url)
  const account = await prepareAccount(aws)
  const addresses = {
    emulatorUrl: emulator.url,
    issuer: issuer.url,
    openAiBaseUrl: organization.baseUrl,
    anthropicBaseUrl: anthropic.baseUrl,
  }
  const cdk = new Cdk(bench, { ...addresses, account })
  const whole = join(bench.folder, 'cdk.whole')
  await cdk.synth(whole)
  const templateFile = join(whole, `${E2E_STACK}.template.json`)
  const template = new SynthesizedTemplate(templateFile)
  const stages = await synthesizedStages(bench, cdk)
  const everything = join(bench.folder, 'cdk.everything')
  await cdk.synthEverything(everything)
  await lint(bench, [templateFile, ...stages, join(everything, `${STACKS.everything.id}.template.json`)])
  bench.say(
    `cfn-lint has nothing to say about the ${template.size} resources, nor about both stages of infra/config.ts and a stack with every option, in ${LINTED_REGIONS.length} regions`,
  )
  await checkSecurity(bench, stages)
  const emulated = { bench, emulatorUrl: emulator.url }
  await checkPreflightBefore(emulated)
  await cdk.bootstrap()
  await checkPreflightAfter(emulated)
  const outputsFile = join(bench.folder, 'outputs.json')
  const started = Date.now()
  await cdk.deploySynthesized(whole, outputsFile)
  bench.say(`cdk bootstrap and cdk deploy went through; deploying took ${((Date.now() - started) / 1000).toFixed(1)} s`)
  const around = { bench, aws, account, template, organization, anthropic, issuer, printed: () => emulator.text() }
  return { deployment: await findDeployment({ ...around, emulatorUrl: emulator.url, outputsFile }), cdk }
}

/** The templates of the stages that are deployed in earnest, sign-in by Cognito included. */
async function synthesizedStages(bench: Bench, cdk: Cdk): Promise<string[]> {
  const files: string[] = []
  for (const stage of Object.keys(config.stages)) {
    const folder = join(bench.folder, `cdk.${stage}`)
    await cdk.synthStage(stage, folder)
    files.push(join(folder, `Rollcall-${stage}.template.json`))
  }
  return files
}

/** https://github.com/aws-cloudformation/cfn-lint: ends with another code than 0 when it has something to say. */
async function lint(bench: Bench, templateFiles: readonly string[]): Promise<void> {
  const environment = bareEnvironment(join(bench.folder, 'home'))
  const args = ['--non-zero-exit-code', 'informational', '--regions', ...LINTED_REGIONS, '--', ...templateFiles]
  await bench.processes.run({ command: pythonTool('cfn-lint'), args, environment })
}
