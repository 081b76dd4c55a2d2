import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { EVERY_VARIABLE, LARGEST_BUNDLE_BYTES } from '../infra/bundle-facts.ts'
import { BUNDLING } from '../../infra/constructs/bundling.ts'
import { timedSchema, type Timed } from './child.ts'
import { type Figures, inTurn } from './figure.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const IMPORT_TIME = fileURLToPath(new URL('import-time.ts', import.meta.url))

const TABLE = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'`
const NEW_TABLE = 'DynamoDBDocumentClient.from(new DynamoDBClient())'
const QUEUE = "import { SQSClient, SendMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs'"

/** For each function a module with just the AWS clients that it has, made as it makes them, and the commands it sends. */
const FLOORS: Readonly<Record<string, string>> = {
  api: `${TABLE}; ${QUEUE}
    import { BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
    import { CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
    export const clients = [${NEW_TABLE}, new SQSClient(), new SecretsManagerClient()]
    export const commands = [BatchWriteCommand, DeleteCommand, GetCommand, PutCommand, QueryCommand, SendMessageCommand,
      CreateSecretCommand, DeleteSecretCommand, DescribeSecretCommand, PutSecretValueCommand]`,
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

/** What a function's bundle takes to import, each time in a new process, beside one with just its AWS clients. */
export async function coldStartFigures(rounds: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const timed = []
    const counted = []
    for (const [name, floorSource] of Object.entries(FLOORS)) {
      const ours = await bundle(join(folder, `${name}.cjs`), { entryPoints: [`${ROOT}functions/${name}/handler.ts`] })
      const stdin = { contents: floorSource, resolveDir: ROOT }
      const floor = await bundle(join(folder, `${name}-floor.cjs`), { stdin })
      const measured = await inTurn(rounds, { floor: () => importTime(floor), ours: () => importTime(ours) })
      const what = `Cold start: import of ${name}`
      timed.push({ what, floor: `a bundle of its AWS clients, ${kilobytes(floor)} KB`, goal: 1.25, rounds: measured })
      counted.push({
        what: `Bundle of ${name}`,
        counted: kilobytes(ours),
        goal: LARGEST_BUNDLE_BYTES / 1_000,
        relation: 'at most',
        unit: 'KB',
      } as const)
    }
    return { timed, counted }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As the stack bundles it. */
async function bundle(outfile: string, source: Parameters<typeof build>[0]): Promise<string> {
  await build({ ...source, ...BUNDLING, outfile, bundle: true, platform: 'node', logLevel: 'error' })
  return outfile
}

function kilobytes(file: string): number {
  return Math.ceil(statSync(file).size / 1_000)
}

async function importTime(file: string): Promise<Timed> {
  const { stdout } = await run(process.execPath, ['--no-warnings', IMPORT_TIME, file], { env: EVERY_VARIABLE })
  return timedSchema.parse(JSON.parse(stdout))
}
