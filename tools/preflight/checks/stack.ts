import { type Check, missing, ok } from '../check.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const TO_DELETE = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'])

/** Whether a deployment can begin. A failed first deployment leaves a stack that can only be deleted. */
export const stack: Check = {
  name: 'stack',
  asksAccount: true,
  run: async ({ account, stackName, stage }) => {
    const status = await account.stackStatus(stackName)
    if (status === undefined) return ok(`${stackName} is not there yet: this will be its first deployment`)
    if (TO_DELETE.has(status)) {
      return missing(
        `${stackName} is in the state ${status}: npx cdk destroy -c stage=${stage}, as docs/deploy.md says`,
      )
    }
    if (status.endsWith('_IN_PROGRESS'))
      return missing(`${stackName} is in the state ${status}: wait until that is over`)
    return ok(`${stackName} is there (${status})`)
  },
}
