import { type Check, missing, notChecked, ok } from '../check.ts'

/** For the api function, of which one dashboard page starts several instances, dispatch, and the site deployment. */
const BESIDE_SYNCS = 5

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: a new account may have fewer than 1,000. */
export const concurrency: Check = {
  name: 'functions at once',
  asksAccount: true,
  run: async ({ account, config: { syncsAtOnce }, region }) => {
    const limit = await account.concurrentFunctions()
    if (limit === undefined) return notChecked('Lambda did not say how many there may be')
    const needed = syncsAtOnce + BESIDE_SYNCS
    const facts = `${limit} in ${region}, for all that runs there; syncs take up to ${syncsAtOnce}`
    return limit >= needed
      ? ok(facts)
      : missing(
          `${facts}: ask AWS for at least ${needed} (Service Quotas, Lambda, Concurrent executions), or lower syncsAtOnce`,
        )
  },
}
