import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, type BuildOptions } from 'esbuild'
import { EVERY_VARIABLE, LARGEST_BUNDLE_BYTES } from '../../test/infra/bundle-facts.ts'
import { BUNDLING } from '../../infra/constructs/bundling.ts'
import { timedSchema, type Timed } from './child.ts'
import { type CountFigure, type Figures, inTurn, type TimedFigure } from './figure.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const IMPORT_TIME = fileURLToPath(new URL('import-time.ts', import.meta.url))

const TABLE = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'`
const NEW_TABLE = 'DynamoDBDocumentClient.from(new DynamoDBClient())'
const QUEUE = "import { SQSClient, SendMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs'"

/**
 * For each function, a module with only its AWS clients, configured as in the function, and the commands that it sends.
 */
const BASELINES: Readonly<Record<string, string>> = {
  api: `${TABLE}; ${QUEUE}
    import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
    import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
    import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
    export const clients = [${NEW_TABLE}, new SQSClient(), new SecretsManagerClient(), new KMSClient()]
    export const commands = [BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, SendMessageCommand,
      CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, PutSecretValueCommand, GetPublicKeyCommand, SignCommand]`,
  sync: `${TABLE}; ${QUEUE}
    import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
    import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
    export const clients = [${NEW_TABLE}, new SQSClient(), new SecretsManagerClient()]
    export const commands = [BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, SendMessageCommand,
      GetSecretValueCommand]`,
  dispatch: `${TABLE}; ${QUEUE}
    import { QueryCommand } from '@aws-sdk/lib-dynamodb'
    export const clients = [${NEW_TABLE}, new SQSClient()]
    export const commands = [QueryCommand, SendMessageBatchCommand]`,
}

/**
 * A common way to bundle a function: an ES module whose source map Node reads. The goal was set against clients loaded
 * in this way.
 */
const USUAL_BUNDLING = {
  ...BUNDLING,
  format: 'esm',
  // Bundled CommonJS packages call `require`, which an ES module does not have.
  banner: {
    js: "import{createRequire as __benchRequire}from'node:module';const require=__benchRequire(import.meta.url);",
  },
} satisfies BuildOptions

/**
 * Import times of the functions' bundles, each in a new process, against two baselines: the AWS clients alone in a
 * common bundle, and the same clients bundled like the function.
 */
export async function coldStartFigures(rounds: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const timed: TimedFigure[] = []
    const counted: CountFigure[] = []
    for (const [name, baselineSource] of Object.entries(BASELINES)) {
      const bundles = await bundlesOf(name, baselineSource, folder)
      timed.push(...(await timedFigures(name, bundles, rounds)))
      counted.push({
        what: `Bundle of ${name}`,
        counted: kilobytes(bundles.ours),
        goal: LARGEST_BUNDLE_BYTES / 1_000,
        relation: 'at most',
        unit: 'KB',
      })
    }
    return { timed, counted }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Bundles {
  readonly ours: string
  readonly usualBaseline: string
  readonly likeBaseline: string
}

async function bundlesOf(name: string, baselineSource: string, folder: string): Promise<Bundles> {
  const bundles = {
    ours: join(folder, `${name}.cjs`),
    usualBaseline: join(folder, `${name}-usual-baseline.mjs`),
    likeBaseline: join(folder, `${name}-like-baseline.cjs`),
  }
  const stdin = { contents: baselineSource, resolveDir: ROOT }
  await bundle({ ...BUNDLING, entryPoints: [`${ROOT}functions/${name}/handler.ts`], outfile: bundles.ours })
  await bundle({ ...USUAL_BUNDLING, stdin, outfile: bundles.usualBaseline })
  await bundle({ ...BUNDLING, stdin, outfile: bundles.likeBaseline })
  return bundles
}

async function timedFigures(name: string, bundles: Bundles, rounds: number): Promise<TimedFigure[]> {
  const ours = () => importTime(bundles.ours)
  const usual = () => importTime(bundles.usualBaseline, { NODE_OPTIONS: '--enable-source-maps' })
  const like = () => importTime(bundles.likeBaseline)
  const clients = `its AWS clients, ${kilobytes(bundles.likeBaseline)} KB`
  return [
    {
      what: `Cold start: import of ${name}`,
      baseline: `${clients}, an ES module with its source map`,
      goal: 1.25,
      rounds: await inTurn(rounds, { baseline: usual, ours }),
    },
    {
      what: `Cold start: import of ${name}, beside clients bundled alike`,
      baseline: `${clients}, bundled as ours`,
      goal: 1.25,
      rounds: await inTurn(rounds, { baseline: like, ours }),
    },
  ]
}

async function bundle(options: BuildOptions): Promise<void> {
  await build({ ...options, bundle: true, platform: 'node', logLevel: 'error' })
}

function kilobytes(file: string): number {
  return Math.ceil(statSync(file).size / 1_000)
}

async function importTime(file: string, options: Readonly<Record<string, string>> = {}): Promise<Timed> {
  const env = { ...EVERY_VARIABLE, ...options }
  const { stdout } = await run(process.execPath, ['--no-warnings', IMPORT_TIME, file], { env })
  return timedSchema.parse(JSON.parse(stdout))
}
