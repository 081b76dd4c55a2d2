import * as z from 'zod'
import type { AuditException } from './audit-exceptions.ts'

/** The advisories for one package version. https://docs.npmjs.com/cli/v11/commands/npm-audit */
const advisorySchema = z.object({
  title: z.string(),
  url: z.string(),
  severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']),
  dependency: z.string(),
})
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisorySchema])), nodes: z.array(z.string()) }),
  ),
  metadata: z.object({ dependencies: z.object({ total: z.int().positive() }) }),
})

/** The result of an audit. `unanswered`: nothing was checked, which differs from nothing found. */
export type Verdict =
  | { readonly kind: 'clean'; readonly checked: number; readonly excepted: number }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] }
  | { readonly kind: 'unanswered'; readonly reason: string }

const GRAVE: ReadonlySet<string> = new Set(['high', 'critical'])

/**
 * Judges the output of `npm audit --json`. The verdict is faulty when a shipped package has a severe vulnerability
 * without an exception, or when an exception has expired or is not needed. `today` is a UTC day.
 */
export function judgeAudit(
  printed: string,
  shippedPaths: ReadonlySet<string>,
  exceptions: readonly AuditException[],
  today: string,
): Verdict {
  const report = reportSchema.safeParse(parsed(printed))
  if (!report.success) return { kind: 'unanswered', reason: messageIn(printed) }
  const grave = Object.values(report.data.vulnerabilities)
    .filter(({ nodes }) => nodes.some((path) => shippedPaths.has(path)))
    .flatMap(({ via }) => via.filter((each) => typeof each !== 'string'))
    .filter(({ severity }) => GRAVE.has(severity))
  const inForce = exceptions.filter(({ expiresOn }) => today < expiresOn)
  const covers = ({ advisory }: AuditException, { url }: { url: string }) => url.endsWith(`/${advisory}`)
  const faults = [
    ...grave
      .filter((each) => !inForce.some((exception) => covers(exception, each)))
      .map(({ severity, dependency, title, url }) => `${severity}: ${dependency}: ${title} (${url})`),
    ...exceptions
      .filter((exception) => !inForce.includes(exception))
      .map(({ advisory, expiresOn }) => `The exception for ${advisory} expired on ${expiresOn}.`),
    ...inForce
      .filter((exception) => !grave.some((each) => covers(exception, each)))
      .map(({ advisory }) => `The exception for ${advisory} is no longer needed: remove it.`),
  ]
  if (faults.length > 0) return { kind: 'faulty', faults: [...new Set(faults)] }
  return { kind: 'clean', checked: report.data.metadata.dependencies.total, excepted: inForce.length }
}

/** Why npm has no report: the registry offers no audit, or could not be reached. */
function messageIn(printed: string): string {
  const message = z.object({ message: z.string() }).safeParse(parsed(printed)).data?.message
  return message ?? 'npm printed no report.'
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
