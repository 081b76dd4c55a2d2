import { ArnFormat, Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { CustomerKey } from '../customer-key.ts'

export interface AlarmTopicProps {
  /** Receives the alarms once its owner has confirmed the subscription. Default: no subscriber. */
  readonly alarmEmail: string | undefined
  /** An existing topic, whose policy must accept the account's alarms. Default: a topic of the stack. */
  readonly alarmTopicArn: string | undefined
  /** Encrypts the stack's topic. Default: not encrypted. */
  readonly customerKey: CustomerKey | undefined
}

/** The topic that receives all alarms: an existing one, or one of the stack. */
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
 * Setting a topic policy, such as the one that enforces TLS, replaces the default policy, which accepts the account's
 * alarms. This statement adds that permission again.
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
