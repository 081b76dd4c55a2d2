import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { compiledOnce, onceInRun } from '../once-in-run.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { STACKS } from './stacks.ts'

const run = promisify(execFile)
const PROGRAM = join(import.meta.dirname, 'synthesize-stacks.ts')

const metadataSchema = z.record(z.string(), z.array(z.object({ type: z.string(), data: z.unknown() })))
const refusalsSchema = z.record(z.string(), z.string())

export type StackName = keyof typeof STACKS

/**
 * The folder with what CDK made: a cloud assembly for each of `STACKS` by its name, one of the app in `app`, and one of the
 * other app of docs/deploy.md in `other-app`.
 */
export function assemblies(): Promise<string> {
  return onceInRun('assemblies', async (folder) => {
    const options = { cwd: folder, env: synthEnvironment(), timeout: WATCHDOG_MS }
    await run(process.execPath, ['--no-warnings', PROGRAM], options)
  })
}

/** What the CDK command line passes to an app, without account, region or credentials. */
export function synthEnvironment(): NodeJS.ProcessEnv {
  return {
    // Several processes load CDK.
    ...compiledOnce(),
    // This folder has an `npx` that starts esbuild without starting npm first.
    PATH: [import.meta.dirname, process.env['PATH']].join(delimiter),
    // CDK keeps hashes of files at home; there is none.
    HOME: '/dev/null',
    // `cdk synth` runs CDK's own validation; here it would cost a second for each template.
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, 'aws:cdk:bundling-stacks': [] }),
  }
}

/** The template of one of the stacks. Functions are not bundled, and an empty page stands for the dashboard. */
export async function synthesized(name: StackName): Promise<Template> {
  return Template.fromString(await assemblyFile(name, `${STACKS[name].id}.template.json`))
}

/** A file of a stack’s cloud assembly. */
export async function assemblyFile(name: StackName | 'unencrypted', file: string): Promise<string> {
  return readFileSync(join(await assemblies(), name, file), 'utf8')
}

/** What is warned of when a stack is synthesized, in the order in which it is said. */
export async function warningsOf(name: StackName): Promise<string[]> {
  const { id } = STACKS[name]
  const metadata = metadataSchema.parse(JSON.parse(await assemblyFile(name, `${id}.metadata.json`)))
  return (metadata[`/${id}`] ?? [])
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => String(data).replace(/ \[ack:.*/, ''))
}

/** By the id of each of `REFUSED_STACKS`, the message of the `ConfigError` that its constructor threw. */
export async function refusals(): Promise<Record<string, string>> {
  return refusalsSchema.parse(JSON.parse(readFileSync(join(await assemblies(), 'refusals.json'), 'utf8')))
}
