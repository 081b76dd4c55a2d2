/** What the checks ask an AWS account. Each call may throw an error of the AWS SDK. */
export interface Account {
  /** The account's number. */
  readonly id: () => Promise<string>
  /** Whether a region may be used; undefined when AWS has none of that name: https://docs.aws.amazon.com/accounts/latest/reference/API_GetRegionOptStatus.html */
  readonly regionStatus: (region: string) => Promise<string | undefined>
  /** The value of a Systems Manager parameter; undefined when there is none. */
  readonly parameter: (name: string) => Promise<string | undefined>
  /** The state of a CloudFormation stack; undefined when there is none. */
  readonly stackStatus: (name: string) => Promise<string | undefined>
  /** How many functions may run at once, without what is reserved for some. */
  readonly concurrentFunctions: () => Promise<number | undefined>
  readonly hasDistributions: () => Promise<boolean>
  /** Whose user pool has a sign-in page at a prefix; undefined when nobody's has. */
  readonly ownerOfDomainPrefix: (prefix: string) => Promise<string | undefined>
}
