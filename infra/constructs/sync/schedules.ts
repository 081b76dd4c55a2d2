import { type Duration, RemovalPolicy, Stack, TimeZone } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, ScheduleExpression, ScheduleGroup, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import type { Schedule as ScheduleConfig } from '../../../shared/schedules/schedule.ts'
import type { FailedRuns } from '../monitoring/failed-runs.ts'
import type { RollcallFunction } from '../rollcall-function.ts'

export interface SchedulesProps {
  /** The function that all schedules of this group invoke. */
  readonly target: RollcallFunction
  /** Receives the runs that could not be started. */
  readonly failedRuns: FailedRuns
}

export interface ScheduleEntry extends Pick<ScheduleConfig, 'name' | 'expression' | 'timeZone'> {
  /** The event that the function receives. */
  readonly event: Readonly<Record<string, unknown>>
  /** How long EventBridge Scheduler retries a run that could not be started. */
  readonly maxEventAge: Duration
}

/** Named schedules of EventBridge Scheduler that invoke one function. Changing one changes only its own resource. */
export class Schedules extends Construct {
  private readonly group: ScheduleGroup
  private readonly target: RollcallFunction
  private readonly failedRuns: FailedRuns
  private readonly role: Role

  constructor(scope: Construct, id: string, { target, failedRuns }: SchedulesProps) {
    super(scope, id)
    this.target = target
    this.failedRuns = failedRuns
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: RemovalPolicy.DESTROY })
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.group.scheduleGroupArn },
        },
      }),
      // Grants the function itself only. CDK's grant covers each of its versions with a wildcard.
      inlinePolicies: {
        Invoke: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] })],
        }),
        // https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
        SendFailedRuns: new PolicyDocument({ statements: sendingTo(failedRuns) }),
      },
    })
  }

  add({ name, expression, timeZone, event, maxEventAge }: ScheduleEntry): void {
    const schedule = new Schedule(this, name, {
      scheduleName: name,
      scheduleGroup: this.group,
      schedule: ScheduleExpression.expression(expression, TimeZone.of(timeZone)),
      target: new LambdaInvoke(this.target, {
        role: this.role.withoutPolicyUpdates(),
        input: ScheduleTargetInput.fromObject(event),
        maxEventAge,
        retryAttempts: 3,
        deadLetterQueue: this.failedRuns.queue,
      }),
    })
    // CDK's schedule contains the group's name, but no reference to the group.
    schedule.node.addDependency(this.group)
  }
}

function sendingTo({ queue, customerKey }: FailedRuns): PolicyStatement[] {
  const sending = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] })
  return customerKey === undefined ? [sending] : [sending, customerKey.statement('sendMessages')]
}
