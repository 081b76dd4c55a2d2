import { describe, expect, test } from '@jest/globals'
import { SYNC_PROBLEM_CODES, syncProblem } from '../../shared/domain/problem.ts'
import { problemDetail } from '../../shared/providers/problem-detail.ts'
import { PROVIDERS } from '../../shared/providers/registry.ts'

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
  'The text of a problem at %s',
  (name, provider) => {
    test.each(SYNC_PROBLEM_CODES)('differs from all others: %s', (code) => {
      const detail = problemDetail(syncProblem(code, { connectedAs: 'Acme Europe' }), provider)
      const others = SYNC_PROBLEM_CODES.filter((other) => other !== code).map((other) =>
        problemDetail(syncProblem(other, { connectedAs: 'Acme Europe' }), provider),
      )
      expect(detail).toMatch(/^\S.*\.$/)
      expect(others).not.toContain(detail)
    })

    test('names the data set that could not be read, or the integration that has the organization', () => {
      const about = { dataSet: 'usage', connectedAs: 'Acme Europe' }
      expect(problemDetail(syncProblem('unexpected_reply', about), provider)).toContain('usage')
      expect(problemDetail(syncProblem('organization_already_connected', about), provider)).toContain('“Acme Europe”')
      expect(problemDetail(syncProblem('internal_error', about), provider)).toContain('this data set')
      expect(problemDetail(syncProblem('implausible_listing', about), provider)).toContain(name)
    })
  },
)
