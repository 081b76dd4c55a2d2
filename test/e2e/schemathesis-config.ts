import { WATCHDOG_MS } from '../watchdog.ts'
import type { RealValues } from './schemathesis-values.ts'

/** How often a value is a real one; the rest is made up. What is meant to be refused is always made up. */
const MOSTLY = 0.9

/** Which parameter takes which real values. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  'path.id': 'integrations',
  'path.syncId': 'syncs',
  'path.userId': 'users',
  'query.from': 'firstDays',
  'query.to': 'lastDays',
  'body.adminApiKey': 'keys',
  'body.schedule': 'schedules',
  'body.companyDomains[*]': 'domains',
}

/** Where a call needs others. */
const BY_OPERATION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  deleteIntegration: { 'path.id': 'toDelete' },
  connectIntegration: { 'body.name': 'names' },
  listAuditEvents: { 'query.cursor': 'auditCursors' },
  listIntegrations: { 'query.cursor': 'integrationCursors' },
  listSyncs: { 'query.cursor': 'syncCursors' },
  listUsers: { 'query.cursor': 'userCursors' },
}

/**
 * The configuration as TOML: a fixed seed and the real values.
 * https://schemathesis.readthedocs.io/en/stable/reference/configuration/
 */
export function schemathesisConfig(options: { seed: number; maxExamples: number; values: RealValues }): string {
  const { seed, maxExamples, values } = options
  const lines = [
    `seed = ${seed}`,
    'continue-on-failure = true',
    `request-timeout = ${WATCHDOG_MS / 1000}`,
    `wait-for-schema = ${WATCHDOG_MS / 1000}`,
    // It fails where making up requests takes long, which is the machine's affair.
    'suppress-health-check = ["too_slow"]',
    '[generation]',
    `max-examples = ${maxExamples}`,
    'database = "none"',
    'no-shrink = true',
    ...Object.entries(values).flatMap(([name, list]) =>
      list.length === 0 ? [] : [`[dictionaries.${name}]`, `values = ${JSON.stringify(list)}`],
    ),
    '[parameters]',
    ...bindings(EVERYWHERE, values),
  ]
  for (const [operationId, parameters] of Object.entries(BY_OPERATION)) {
    lines.push('[[operations]]', `include-operation-id = "${operationId}"`, '[operations.parameters]')
    lines.push(...bindings(parameters, values))
  }
  return `${lines.join('\n')}\n`
}

function bindings(parameters: Readonly<Record<string, string>>, values: RealValues): string[] {
  return Object.entries(parameters)
    .filter(([, dictionary]) => (values[dictionary]?.length ?? 0) > 0)
    .map(([name, dictionary]) => `"${name}" = { dictionary = "${dictionary}", probability = ${MOSTLY} }`)
}
