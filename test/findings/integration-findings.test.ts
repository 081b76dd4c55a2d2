import { expect, test } from '@jest/globals'
import { syncProblem } from '../../shared/domain/problem.ts'
import { findingsOfIntegration } from '../../shared/findings/integration-findings.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { anIntegration } from '../builders.ts'
import { inShort } from './found-in.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')

const found = (overrides: Parameters<typeof anIntegration>[0]) => {
  const integration = anIntegration({ createdAt: '2026-01-01T00:00:00.000Z', ...overrides })
  return findingsOfIntegration({ integration, provider: providerOf(integration.provider) }, NOW)
}

test.each(['openai', 'anthropic'])(
  'At %s, a problem that needs action is found, and trouble that passes is not',
  (provider) => {
    const since = '2026-11-20T06:00:00.000Z'
    const problem = { ...syncProblem('invalid_admin_key', { dataSet: 'directory' }), since }
    const [finding] = found({ provider, problem })
    expect(finding).toMatchObject({
      severity: 'high',
      since: '2026-11-20',
      subject: { kind: 'integration', label: 'Acme' },
      evidence: { type: 'integration_problem', code: 'invalid_admin_key', since },
      action: { url: providerOf(provider).adminKeysUrl },
    })
    expect(found({ provider, problem: { ...syncProblem('provider_unreachable'), since } })).toEqual([])
  },
)

test('A key that expires within 14 days is found, and one that has expired', () => {
  expect(inShort(found({ keyExpiresAt: '2026-12-08T12:00:00.000Z' }))).toHaveLength(1)
  expect(found({ keyExpiresAt: '2026-12-08T12:00:00.001Z' })).toEqual([])
  expect(found({ keyExpiresAt: null })).toEqual([])
  const [over] = found({ keyExpiresAt: '2026-11-24T12:00:00.000Z' })
  expect(over).toMatchObject({ severity: 'medium', since: '2026-11-10', cost: null })
  expect(over?.action.text).toContain('was to expire')
})

test('Another problem is another finding', () => {
  const ids = (['invalid_admin_key', 'insufficient_permissions'] as const).map(
    (code) => found({ problem: { ...syncProblem(code, { dataSet: 'usage' }), since: NOW.toISOString() } })[0]?.id,
  )
  expect(new Set(ids).size).toBe(2)
})
