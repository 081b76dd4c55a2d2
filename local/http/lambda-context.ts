import type { Context } from 'aws-lambda'

const TIMEOUT_MS = 29_000

/** The parts of Lambda's context object that one machine can provide. */
export function lambdaContext(): Context {
  const until = Date.now() + TIMEOUT_MS
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'api',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'local',
    memoryLimitInMB: '512',
    awsRequestId: 'local',
    logGroupName: 'local',
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
    done() {},
    fail() {},
    succeed() {},
  }
}
