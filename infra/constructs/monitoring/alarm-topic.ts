import { ArnFormat, Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { CustomerKey } from '../customer-key.ts'

export interface AlarmTopicProps {
  /** Gets the alarms once its owner has confirmed the subscription. */
  readonly alarmEmail: string | undefined
  /** An existing topic, which its owner lets the account’s alarms into. */
  readonly alarmTopicArn: string | undefined
  readonly customerKey: CustomerKey | undefined
}

/** The topic that all alarms go to: the one that exists, or one of the stack’s own. */
export function alarmTopic(scope: Construct, { alarmEmail, alarmTopicArn, customerKey }: AlarmTopicProps): ITopic {
  if (alarmTopicArn !== undefined) return Topic.fromTopicArn(scope, 'Alarms', alarmTopicArn)
  const topic = new Topic(scope, 'Alarms', {
    displayName: `Rollcall (${Stack.of(scope).stackName})`,
    enforceSSL: true,
    ...(customerKey !== undefined && { masterKey: customerKey.key }),
  })
  letAlarmsIn(topic)
  if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail))
  return topic
}

/**
 * A topic with a policy of its own, such as the one that insists on TLS, has lost the one that lets the account's alarms in.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
function letAlarmsIn(topic: Topic): void {
  const stack = Stack.of(topic)
  const anyAlarm = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': anyAlarm } },
    }),
  )
}
