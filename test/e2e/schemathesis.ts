import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSimulatedOrganization as startAnthropic } from '../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { ApiClient } from './api-client.ts'
import { bareEnvironment } from './environment.ts'
import { startLocalProduct } from './local-product.ts'
import { lastLines } from './processes.ts'
import { pythonTool } from './python-tools.ts'
import { schemathesisConfig } from './schemathesis-config.ts'
import { countRequests, type RequestCounts } from './schemathesis-report.ts'
import { collectRealValues } from './schemathesis-values.ts'
import { type Bench, expect, type Step, StepFailure } from './step.ts'

const SEED = 20_261_124
/** Made-up requests of each call, in each phase that makes them up: together, more than are asked for. */
const MAX_EXAMPLES = 150
const REQUESTS_AT_LEAST = 5_000
const SUCCESSFUL_AT_LEAST = 0.3
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'ignored_auth',
]

/** The running product against its own document, with requests made up by schemathesis. */
export const schemathesisStep: Step = {
  name: 'schemathesis',
  needsPythonTools: true,
  shows: `${REQUESTS_AT_LEAST.toLocaleString('en')} made-up requests: no 5xx, and no answer that the OpenAPI document does not know`,
  run: runSchemathesis,
}

async function runSchemathesis(bench: Bench): Promise<void> {
  const organization = await startSimulatedOrganization({ members: 40 })
  const anthropic = await startAnthropic({ members: 40 })
  for (const each of [organization, anthropic]) bench.onEnd(() => each.close())
  const token = randomUUID()
  const url = await startLocalProduct(bench, {
    baseUrl: organization.baseUrl,
    anthropicBaseUrl: anthropic.baseUrl,
    token,
  })
  const values = await collectRealValues(new ApiClient(url, token), organization)
  const config = join(bench.folder, 'schemathesis.toml')
  writeFileSync(config, schemathesisConfig({ seed: SEED, maxExamples: MAX_EXAMPLES, values }))
  const report = join(bench.folder, 'report.ndjson')
  const { code, text } = await bench.processes.run(
    {
      command: pythonTool('schemathesis'),
      args: [
        '--config-file',
        config,
        'run',
        `${url}/v1/openapi.json`,
        `--url=${url}`,
        `--checks=${CHECKS.join(',')}`,
        `--header=Authorization: Bearer ${token}`,
        '--report=ndjson',
        `--report-ndjson-path=${report}`,
        '--no-color',
        '--warnings=off',
      ],
      folder: bench.folder,
      environment: bareEnvironment(join(bench.folder, 'home')),
    },
    { mayFail: true },
  )
  const output = join(bench.folder, 'output.txt')
  writeFileSync(output, text)
  if (code !== 0) throw new StepFailure(`schemathesis found something, see ${output}:\n${lastLines(text)}`)
  judge(bench, await countRequests(report))
}

function judge(bench: Bench, counts: RequestCounts): void {
  for (const [operation, { total, successful }] of [...counts.byOperation].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  )) {
    bench.say(`${operation.padEnd(56)} ${`${total}`.padStart(6)} requests, ${`${successful}`.padStart(6)} successful`)
  }
  const statuses = [...counts.byStatus].toSorted(([left], [right]) => left - right)
  bench.say(`By status: ${statuses.map(([status, count]) => `${status}: ${count}`).join(', ')}`)
  const share = counts.successful / counts.total
  bench.say(`${counts.total} requests, ${counts.successful} successful: ${(100 * share).toFixed(1)} %`)
  expect(counts.total >= REQUESTS_AT_LEAST, `Only ${counts.total} requests were made, not ${REQUESTS_AT_LEAST}.`)
  expect(share >= SUCCESSFUL_AT_LEAST, `Less than ${100 * SUCCESSFUL_AT_LEAST} % of the requests were successful.`)
  expect(![...counts.byStatus.keys()].some((status) => status >= 500), 'There were 5xx answers.')
  expect((counts.byStatus.get(0) ?? 0) === 0, 'There were requests without an answer.')
}
