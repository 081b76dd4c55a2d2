/**
 * The pages where AWS lists prices, and how the prices were read. AWS fills the tables in by script, so copies of the
 * pages do not contain them.
 */
export interface PricePage {
  readonly url: string
  /** The certainty of the prices: which source was read, and its date. */
  readonly seen: string
}

/** A price in US dollars, and the page that lists it. */
export interface Price {
  readonly usd: number
  /** The unit, as the tables print it. */
  readonly per: string
  readonly page: PricePage
}

/** The day when the prices were last compared with their sources. */
export const PRICES_AS_OF = '2026-11-28'

export const PRICES_REGION = 'us-east-1'

const DYNAMODB: PricePage = {
  url: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  seen: 'units: third parties, 2025-07; storage: AWS, an older copy of its page; backups: third parties, 2020',
}
const LAMBDA: PricePage = {
  url: 'https://aws.amazon.com/lambda/pricing/',
  seen: 'requests: AWS, a copy of 2026-09; seconds: third parties, 2024 and 2026-05',
}
const SQS: PricePage = { url: 'https://aws.amazon.com/sqs/pricing/', seen: 'third parties, up to 2020' }
const SECRETS: PricePage = { url: 'https://aws.amazon.com/secrets-manager/pricing/', seen: 'third parties, 2026' }
const API_GATEWAY: PricePage = { url: 'https://aws.amazon.com/api-gateway/pricing/', seen: 'third parties, 2025-12' }
const CLOUDFRONT: PricePage = {
  url: 'https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/',
  seen: 'third parties, undated',
}
const CLOUDWATCH: PricePage = {
  url: 'https://aws.amazon.com/cloudwatch/pricing/',
  seen: 'third parties, 2026-02 and 2026-06',
}
const KMS: PricePage = {
  url: 'https://aws.amazon.com/kms/pricing/',
  seen: 'AWS, a copy of its page, undated; third parties, 2026-03 and 2026-06',
}
const XRAY: PricePage = { url: 'https://aws.amazon.com/xray/pricing/', seen: 'not seen again since 2026-11-24' }
const EVENTBRIDGE: PricePage = {
  url: 'https://aws.amazon.com/eventbridge/pricing/',
  seen: 'a third party’s copy of AWS’s price list of 2024-10, other regions',
}
const COGNITO: PricePage = {
  url: 'https://aws.amazon.com/cognito/pricing/',
  seen: 'people: AWS, a copy of 2026-09; tokens: third parties, 2025; that clients cost nothing: AWS, see below',
}

/** List prices in us-east-1, without free tier, discounts or tax. After a change, run `npm run costs -- --no-count`. */
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
  apiRequests: { usd: 1, per: 'million requests', page: API_GATEWAY },
  siteRequests: { usd: 1, per: 'million HTTPS requests', page: CLOUDFRONT },
  siteTraffic: { usd: 0.085, per: 'GB to the internet', page: CLOUDFRONT },
  logIngestion: { usd: 0.5, per: 'GB taken in', page: CLOUDWATCH },
  logStorage: { usd: 0.03, per: 'GB kept and month', page: CLOUDWATCH },
  metrics: { usd: 0.3, per: 'custom metric and month', page: CLOUDWATCH },
  alarms: { usd: 0.1, per: 'alarm and month', page: CLOUDWATCH },
  overviews: { usd: 3, per: 'dashboard and month', page: CLOUDWATCH },
  signingKeys: { usd: 1, per: 'key and month', page: KMS },
  traces: { usd: 5, per: 'million traces', page: XRAY },
  scheduleRuns: { usd: 1, per: 'million invocations', page: EVENTBRIDGE },
  people: { usd: 0.015, per: 'person who signs in in a month', page: COGNITO },
  scriptTokens: { usd: 2_250, per: 'million tokens for scripts', page: COGNITO },
} as const satisfies Record<string, Price>

export type PriceName = keyof typeof PRICES
