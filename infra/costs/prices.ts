/** What something costs in US dollars, and the page that says so. */
export interface Price {
  readonly usd: number
  /** The unit, as the tables print it. */
  readonly per: string
  readonly page: string
}

/** When the prices were last compared with AWS's pages. */
export const PRICES_AS_OF = '2026-11-24'

export const PRICES_REGION = 'us-east-1'

const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/'
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/'
const SQS = 'https://aws.amazon.com/sqs/pricing/'
const SECRETS = 'https://aws.amazon.com/secrets-manager/pricing/'
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/'
const COGNITO = 'https://aws.amazon.com/cognito/pricing/'
const CLOUDFRONT = 'https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/'

/** List prices in us-east-1: no free tier, no discount, no tax. Change one here, and run `npm run costs -- --no-count`. */
export const PRICES = {
  writeUnits: { usd: 0.625, per: 'million write units', page: DYNAMODB },
  readUnits: { usd: 0.125, per: 'million read units', page: DYNAMODB },
  tableStorage: { usd: 0.25, per: 'GB stored and month', page: DYNAMODB },
  tableBackup: { usd: 0.2, per: 'GB kept for recovery and month', page: DYNAMODB },
  functionSeconds: { usd: 0.0000133334, per: 'GB-second, arm64', page: LAMBDA },
  functionRequests: { usd: 0.2, per: 'million invocations', page: LAMBDA },
  queueRequests: { usd: 0.4, per: 'million requests', page: SQS },
  secrets: { usd: 0.4, per: 'secret and month', page: SECRETS },
  secretRequests: { usd: 5, per: 'million requests', page: SECRETS },
  apiRequests: { usd: 1, per: 'million requests', page: 'https://aws.amazon.com/api-gateway/pricing/' },
  siteRequests: { usd: 1, per: 'million HTTPS requests', page: CLOUDFRONT },
  siteTraffic: { usd: 0.085, per: 'GB to the internet', page: CLOUDFRONT },
  logIngestion: { usd: 0.5, per: 'GB taken in', page: CLOUDWATCH },
  logStorage: { usd: 0.03, per: 'GB kept and month', page: CLOUDWATCH },
  metrics: { usd: 0.3, per: 'custom metric and month', page: CLOUDWATCH },
  alarms: { usd: 0.1, per: 'alarm and month', page: CLOUDWATCH },
  overviews: { usd: 3, per: 'dashboard and month', page: CLOUDWATCH },
  traces: { usd: 5, per: 'million traces', page: 'https://aws.amazon.com/xray/pricing/' },
  scheduleRuns: { usd: 1, per: 'million invocations', page: 'https://aws.amazon.com/eventbridge/pricing/' },
  people: { usd: 0.015, per: 'person who signs in in a month', page: COGNITO },
  scriptClients: { usd: 6, per: 'client for scripts and month', page: COGNITO },
  scriptTokens: { usd: 2_250, per: 'million tokens for scripts', page: COGNITO },
} as const satisfies Record<string, Price>

export type PriceName = keyof typeof PRICES
