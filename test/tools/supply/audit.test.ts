import { describe, expect, test } from '@jest/globals'
import { judgeAudit } from '../../../tools/supply/audit.ts'
import { AUDIT_EXCEPTIONS, type AuditException } from '../../../tools/supply/audit-exceptions.ts'

const TODAY = '2026-11-24'
const SHIPPED = new Set(['node_modules/zod', 'node_modules/dynalite', 'node_modules/dynalite/node_modules/lock'])
const EXCEPTION: AuditException = { advisory: 'GHSA-aaaa-bbbb-cccc', reason: 'not reached', expiresOn: '2026-12-01' }

/** As npm 10 and 11 print it. */
function report(vulnerabilities: Record<string, unknown> = {}): string {
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: {
      vulnerabilities: {},
      dependencies: { prod: 200, dev: 400, optional: 2, peer: 0, peerOptional: 0, total: 618 },
    },
  })
}

function vulnerable(name: string, severity: string, nodes = [`node_modules/${name}`]) {
  const advisory = {
    source: 1,
    name,
    dependency: name,
    title: 'Something bad',
    url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
    severity,
    cwe: ['CWE-1'],
    cvss: { score: 9, vectorString: null },
    range: '<2',
  }
  return {
    [name]: { name, severity, isDirect: true, via: [advisory], effects: [], range: '<2', nodes, fixAvailable: true },
  }
}

const judge = (printed: string, exceptions: readonly AuditException[] = []) =>
  judgeAudit(printed, SHIPPED, exceptions, TODAY)

test('A report without findings is clean, and contains the number of checked packages', () => {
  expect(judge(report())).toEqual({ kind: 'clean', checked: 618, excepted: 0 })
})

test.each(['high', 'critical'])(
  'A vulnerability of a shipped package is a fault when it is %s, with its address',
  (severity) => {
    expect(judge(report(vulnerable('zod', severity)))).toEqual({
      kind: 'faulty',
      faults: [`${severity}: zod: Something bad (https://github.com/advisories/GHSA-aaaa-bbbb-cccc)`],
    })
  },
)

test('So is one in a nested package, and one through a dependency', () => {
  expect(judge(report(vulnerable('lock', 'high', ['node_modules/dynalite/node_modules/lock']))).kind).toBe('faulty')
  const through = { dynalite: { name: 'dynalite', via: ['lock'], nodes: ['node_modules/dynalite'] } }
  const both = { ...vulnerable('lock', 'high', ['node_modules/dynalite/node_modules/lock']), ...through }
  expect(judge(report(both))).toMatchObject({ kind: 'faulty', faults: [expect.stringContaining('lock')] })
})

test('A moderate one, or one that does not ship, is not a fault', () => {
  expect(judge(report(vulnerable('zod', 'moderate'))).kind).toBe('clean')
  expect(judge(report(vulnerable('jest', 'critical'))).kind).toBe('clean')
})

test('A valid exception covers only its advisory', () => {
  expect(judge(report(vulnerable('zod', 'high')), [EXCEPTION])).toEqual({ kind: 'clean', checked: 618, excepted: 1 })
  const other = { ...EXCEPTION, advisory: 'GHSA-dddd-eeee-ffff' }
  expect(judge(report(vulnerable('zod', 'high')), [other])).toMatchObject({
    kind: 'faulty',
    faults: [{}, {}].map(() => expect.any(String)),
  })
})

test('An expired or unnecessary exception is a fault', () => {
  const expired = { ...EXCEPTION, expiresOn: TODAY }
  expect(judge(report(vulnerable('zod', 'high')), [expired])).toMatchObject({
    kind: 'faulty',
    faults: [expect.stringContaining('Something bad'), 'The exception for GHSA-aaaa-bbbb-cccc expired on 2026-11-24.'],
  })
  expect(judge(report(), [EXCEPTION])).toEqual({
    kind: 'faulty',
    faults: ['The exception for GHSA-aaaa-bbbb-cccc is no longer needed: remove it.'],
  })
})

describe('Output that is not a report counts as unchecked and never passes:', () => {
  test.each([
    [
      '{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":"","detail":""}}',
      '405 Method Not Allowed',
    ],
    [
      '{"message":"request to … failed, reason: getaddrinfo ENOTFOUND"}',
      'request to … failed, reason: getaddrinfo ENOTFOUND',
    ],
    ['', 'npm printed no report.'],
    ['<html>', 'npm printed no report.'],
    ['{"auditReportVersion":2}', 'npm printed no report.'],
    ['{"auditReportVersion":3,"vulnerabilities":{}}', 'npm printed no report.'],
    [report().replace('"total":618', '"total":0'), 'npm printed no report.'],
  ])('%s', (printed, reason) => {
    expect(judge(printed)).toEqual({ kind: 'unanswered', reason })
  })
})

test('Each exception names its advisory, its reason and its expiry', () => {
  for (const { advisory, reason, expiresOn } of AUDIT_EXCEPTIONS) {
    expect(advisory).toMatch(/^GHSA(-[a-z0-9]{4}){3}$/)
    expect(reason.length).toBeGreaterThan(20)
    expect(expiresOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})
