import type { Browser, Page } from 'playwright-core'
import type * as z from 'zod'
import type { RevocableOrganization } from './revocable-organization.ts'

/** What every story plays on: a product that starts empty, an admin's page, the organization behind it. */
export interface Stage {
  readonly browser: Browser
  readonly page: Page
  readonly url: string
  readonly openai: RevocableOrganization
  /** What the API answers to a GET, for comparison. */
  readonly api: <Schema extends z.ZodType>(schema: Schema, path: string) => Promise<z.output<Schema>>
  readonly say: (line: string) => void
  /** The address of the integration that the first story connects. */
  integrationPath: string
}
