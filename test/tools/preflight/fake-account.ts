import type { Account } from '../../../tools/preflight/account.ts'

export const ACCOUNT_ID = '111122223333'

/** An account in which everything is as it should be before a first deployment, with what a test changes. */
export function anAccount(overrides: Partial<Account> = {}): Account {
  return {
    id: async () => ACCOUNT_ID,
    regionStatus: async () => 'ENABLED_BY_DEFAULT',
    parameter: async () => '30',
    stackStatus: async () => undefined,
    concurrentFunctions: async () => 1_000,
    hasDistributions: async () => true,
    ownerOfDomainPrefix: async () => undefined,
    ...overrides,
  }
}

/** What the AWS SDK throws: the service's code is the error's name, and its text names people and roles. */
export function awsError(name: string): () => Promise<never> {
  return () => {
    const text = `User: arn:aws:iam::${ACCOUNT_ID}:user/ada is not authorized`
    return Promise.reject(Object.assign(new Error(text), { name }))
  }
}
