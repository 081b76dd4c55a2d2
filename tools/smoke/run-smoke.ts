import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { checkConfig, chosenStage, ConfigError } from '../../infra/settings/check-config.ts'
import { config } from '../../infra/config.ts'
import { keysOf } from '../../local/simulated-openai/access.ts'
import { addressesFor, emulatorIn } from './addresses.ts'
import { AwsCli } from './aws-cli.ts'
import { cleanUp } from './clean-up.ts'
import { newSeed, SMOKE_MEMBERS, stackNames } from './smoke-stage.ts'
import { SmokeFailure, tryProduct } from './try-product.ts'

// `npm run smoke -- --stage dev` deploys that stage under another name into the account of the AWS command line, uses
// it with a simulated organization, and deletes everything again, also after a failure or an interruption.
const ROOT = join(import.meta.dirname, '../..')
const CDK = join(ROOT, 'node_modules/.bin/cdk')
/** The CDK app. The end-to-end run sets one that the emulator can deploy. */
const APP = process.env['SMOKE_APP'] ?? 'tools/smoke/app.ts'
/** A first sync takes seconds. A deployment that needs this long does not work. */
const PATIENCE_MS = 15 * 60_000

const stage = readStage(stageNamed(process.argv.slice(2)))
const names = stackNames(stage.name)
const aws = new AwsCli(stage.config.region)
const emulator = emulatorIn(process.env)
const addresses = addressesFor(emulator)
const seed = newSeed()
const stopped = new AbortController()
// A signal stops the current step. What exists by then is still deleted.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort())

const account = await aws.text('sts', 'get-caller-identity', '--query', 'Account').catch(giveUp)
say(`Smoke test of the stage ${stage.name}, as ${names.product}, in account ${account}`)
const failure = await smoke().then(
  () => undefined,
  (error: unknown) => (stopped.signal.aborted ? 'It was stopped.' : messageOf(error)),
)
say('Cleaning up')
const left = await cleanUp({ aws, ...names })
for (const each of left) say(`  LEFT    ${each}`)
if (left.length === 0) ok('both stacks are gone, and no secret is left')
if (failure !== undefined) say(`FAILED: ${failure}`)
const passed = failure === undefined && left.length === 0
say(passed ? 'The smoke test passed' : 'The smoke test did not pass')
process.exitCode = passed ? 0 : 1

function stageNamed(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { stage: { type: 'string' } } }).values.stage
  } catch {
    return giveUp(new Error('Usage: npm run smoke -- --stage prod'))
  }
}

function readStage(named: string | undefined) {
  try {
    return chosenStage(checkConfig(config, 'infra/config.ts'), named, 'infra/config.ts')
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return giveUp(error)
  }
}

/** Called before anything exists, so there is nothing to delete. */
function giveUp(error: Error): never {
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}

async function smoke(): Promise<void> {
  await deploy(names.organization, {})
  ok('deploys the simulated organization')
  const organizationUrl = addresses.api(await aws.output(names.organization, 'OrganizationUrl'))
  await deploy(names.product, { SMOKE_OPENAI_BASE_URL: `${organizationUrl}/v1` })
  ok('deploys Rollcall')
  if (emulator === undefined) await lookAtDashboard()
  await tryProduct({
    members: SMOKE_MEMBERS,
    url: addresses.api(await aws.output(names.product, 'ApiUrl')),
    token: await token(),
    key: keysOf(seed).admin,
    seed,
    say: ok,
    signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(PATIENCE_MS)]),
  })
}

/** Runs CDK's command line and shows its output. */
async function deploy(stack: string, environment: Readonly<Record<string, string>>): Promise<void> {
  stopped.signal.throwIfAborted()
  const output = mkdtempSync(join(tmpdir(), 'rollcall-smoke-'))
  try {
    const app = ['--app', `${process.execPath} ${APP}`, '--output', output]
    const child = spawn(CDK, ['deploy', stack, ...app, '--require-approval', 'never', '--method=direct'], {
      cwd: ROOT,
      env: { ...process.env, SMOKE_STAGE: stage.name, SMOKE_SEED: seed, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
      signal: stopped.signal,
    })
    const [code] = await once(child, 'close')
    if (code !== 0) throw new SmokeFailure(`cdk deploy ${stack} ended with code ${code}.`)
  } finally {
    rmSync(output, { recursive: true, force: true })
  }
}

/** Requests the site, and the API through it. */
async function lookAtDashboard(): Promise<void> {
  const url = await aws.output(names.product, 'DashboardUrl')
  for (const path of ['/', '/config.json', '/v1/health']) {
    const { status } = await fetch(`${url}${path}`, { signal: stopped.signal })
    if (status !== 200) throw new SmokeFailure(`${url}${path} answered ${status}.`)
  }
  ok('serves the dashboard, and the API through it')
}

/**
 * Signs in as the stack's client for scripts.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
async function token(): Promise<string> {
  const pool = await aws.resource(names.product, 'UserPoolPeople', 'AWS::Cognito::UserPool')
  const client = await aws.resource(names.product, 'SignInScripts', 'AWS::Cognito::UserPoolClient')
  const domain = await aws.resource(names.product, 'UserPoolPeopleSignIn', 'AWS::Cognito::UserPoolDomain')
  const which = ['--user-pool-id', pool, '--client-id', client, '--query', 'UserPoolClient.ClientSecret']
  const secret = await aws.text('cognito-idp', 'describe-user-pool-client', ...which)
  const [region = ''] = pool.split('_')
  const response = await fetch(addresses.token(domain, region), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    signal: stopped.signal,
  })
  const read = z.object({ access_token: z.string() }).safeParse(await response.json())
  if (!read.success) throw new SmokeFailure(`Cognito gave no token: it answered ${response.status}.`)
  return read.data.access_token
}

function ok(what: string): void {
  say(`  ok      ${what}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
