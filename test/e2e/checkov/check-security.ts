import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { pageText } from '../../docs/pages.ts'
import { bareEnvironment } from '../environment.ts'
import { pythonTool } from '../python-tools.ts'
import { type Bench, expect } from '../step.ts'
import { answersIn, disagreements, type Finding, resourceName } from './security-answers.ts'

const PAGE = 'security-checks.md'
/** What checkov names the file. */
const REPORT = 'results_json.json'

/** https://www.checkov.io/2.Basics/Reviewing%20Scan%20Results.html */
const reportSchema = z.object({
  results: z.object({ failed_checks: z.array(z.object({ check_id: z.string(), resource: z.string() })) }),
  summary: z.object({ passed: z.int().positive(), parsing_errors: z.literal(0) }),
})

/** What checkov finds in the templates is what docs/security-checks.md answers, and nothing is answered that it does not find. */
export async function checkSecurity(bench: Bench, templateFiles: readonly string[]): Promise<void> {
  const findings: Finding[] = []
  for (const [index, file] of templateFiles.entries()) {
    findings.push(...(await findingsIn(bench, file, join(bench.folder, `checkov.${index}`))))
  }
  const answers = answersIn(pageText(PAGE))
  const wrong = disagreements(findings, answers)
  expect(wrong.length === 0, `docs/${PAGE} and checkov differ:\n${wrong.join('\n')}`)
  bench.say(`checkov finds in both stages the ${answers.length} things that docs/${PAGE} answers, and nothing else`)
}

async function findingsIn(bench: Bench, file: string, folder: string): Promise<Finding[]> {
  mkdirSync(folder, { recursive: true })
  const how = ['--framework', 'cloudformation', '--output', 'json', '--quiet', '--compact', '--skip-download']
  const args = [...how, '--output-file-path', folder, '--file', file]
  const environment = bareEnvironment(join(bench.folder, 'home'))
  // It ends with 1 when it finds something.
  await bench.processes.run({ command: pythonTool('checkov', 'checkov'), args, environment }, { mayFail: true })
  const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, REPORT), 'utf8')))
  return report.results.failed_checks.map(({ check_id: check, resource }) => ({
    check,
    resource: resourceName(resource),
  }))
}
