/** What the checks ask an AWS account. Each call may throw an error of the AWS SDK. */
export interface Account {
  /** The account's number. */
  readonly id: () => Promise<string>
  /**
   * Whether a region is enabled. Undefined when AWS has no region of that name.
   * https://docs.aws.amazon.com/accounts/latest/reference/API_GetRegionOptStatus.html
   */
  readonly regionStatus: (region: string) => Promise<string | undefined>
  /** The value of a Systems Manager parameter. Undefined when it does not exist. */
  readonly parameter: (name: string) => Promise<string | undefined>
  /** The state of a CloudFormation stack. Undefined when it does not exist. */
  readonly stackStatus: (name: string) => Promise<string | undefined>
  /** How many functions may run at the same time, without reserved concurrency. */
  readonly concurrentFunctions: () => Promise<number | undefined>
  readonly hasDistributions: () => Promise<boolean>
  /** The user pool whose sign-in page has a prefix. Undefined when the prefix is free. */
  readonly ownerOfDomainPrefix: (prefix: string) => Promise<string | undefined>
}
