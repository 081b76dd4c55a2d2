import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch'
import type { IConstruct } from 'constructs'

/** The emulator refuses alarms on metric math: they are deployed to it as alarms on a plain metric, of which it counts nothing either. */
export function replaceMetricMath(root: IConstruct): void {
  for (const each of root.node.findAll()) {
    if (!(each instanceof CfnAlarm) || each.metrics === undefined) continue
    each.addPropertyDeletionOverride('Metrics')
    const plain = { Namespace: 'Rollcall', MetricName: 'Replaced', Statistic: 'Maximum', Period: 3600 }
    for (const [name, value] of Object.entries(plain)) each.addPropertyOverride(name, value)
  }
}
