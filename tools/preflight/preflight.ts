import type { Account } from './account.ts'
import { bootstrap, cloudFront, cognitoDomain, concurrency, region, stack } from './account-checks.ts'
import { type Check, type Finding, missing, notChecked, ok, type Preflight } from './check.ts'
import { explainAwsError } from './explain-aws-error.ts'
import { issuer } from './issuer-check.ts'

/** All checks, in the order of their output lines. */
const CHECKS: readonly Check[] = [region, bootstrap, stack, concurrency, cloudFront, cognitoDomain, issuer]

/** A check's name and its finding. */
export interface Line extends Finding {
  readonly name: string
}

/** Runs the checks in sequence. Without credentials that AWS accepts, only checks that do not need the account run. */
export async function runPreflight(stage: Omit<Preflight, 'accountId'>): Promise<readonly Line[]> {
  const { accountId, finding } = await identify(stage.account)
  const lines: Line[] = [{ name: 'credentials', ...finding }]
  for (const check of CHECKS) {
    const isAsked = accountId !== undefined || !check.asksAccount
    const found = isAsked
      ? await check.run({ ...stage, accountId }).catch(explainAwsError)
      : notChecked('there are no credentials')
    if (found !== undefined) lines.push({ name: check.name, ...found })
  }
  return lines
}

/** Finds out the account. Without it nothing can be deployed, whatever the cause. */
async function identify(account: Account): Promise<{ accountId?: string; finding: Finding }> {
  try {
    const accountId = await account.id()
    return { accountId, finding: ok(`of the account ${accountId}`) }
  } catch (error) {
    return { finding: missing(explainAwsError(error).text) }
  }
}

/** The printed lines, and the overall result. */
export function report(lines: readonly Line[]): string {
  const width = Math.max(...lines.map(({ kind }) => kind.length))
  const found = lines.map(({ kind, name, text }) => `${kind.padEnd(width)}  ${name}: ${text}.`)
  const count = countMissing(lines)
  return [...found, count === 0 ? 'Nothing is missing.' : `Missing: ${count}.`].join('\n')
}

export function countMissing(lines: readonly Line[]): number {
  return lines.filter(({ kind }) => kind === 'missing').length
}
