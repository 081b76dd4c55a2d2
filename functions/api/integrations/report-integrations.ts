import type { RecordMetric } from '../../../shared/aws/metrics.ts'
import { needsAction } from '../../../shared/domain/problem.ts'
import type { IntegrationRepository } from '../../../shared/storage/integrations.ts'

/** Sets the gauges: the number of integrations, and how many of them require action. */
export async function reportIntegrations(
  dependencies: { readonly integrations: IntegrationRepository },
  recordMetric: RecordMetric,
): Promise<void> {
  const integrations = await dependencies.integrations.listIntegrations()
  const visible = integrations.filter(({ lifecycle }) => lifecycle === 'visible')
  recordMetric('integrations', visible.length)
  recordMetric(
    'integrationsNeedingAction',
    visible.filter(({ problem }) => problem !== null && needsAction(problem.code)).length,
  )
}
