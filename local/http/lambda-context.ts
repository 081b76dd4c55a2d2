import type { Context } from 'aws-lambda'

const TIMEOUT_MS = 29_000

/** What Lambda tells a function about its invocation, as far as one machine knows. */
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
