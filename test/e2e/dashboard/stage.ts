import type { Browser, Page } from 'playwright-core'
import * as z from 'zod'
import type { SimulatedOrganization as SimulatedAnthropic } from '../../../local/simulated-anthropic/server.ts'
import type { SimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { waitFor } from '../../watchdog.ts'
import type { Bench } from '../step.ts'

/** What every story plays on: a product, an admin's page, the organization behind it. */
export interface Stage {
  readonly browser: Browser
  readonly page: Page
  readonly url: string
  readonly openai: SimulatedOrganization
  readonly anthropic: SimulatedAnthropic
  /** What the API answers to a GET, for comparison. */
  readonly api: <Schema extends z.ZodType>(schema: Schema, path: string) => Promise<z.output<Schema>>
  readonly onEnd: Bench['onEnd']
  readonly say: Bench['say']
  /** The address of the integration that the first story connects. */
  integrationPath: string
}

/** Asks the API at an address, with a token where one is needed. */
export function readApi(url: string, token?: string): Stage['api'] {
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` })
  return async <Schema extends z.ZodType>(schema: Schema, path: string) => {
    const answer = fetch(`${url}/v1${path}`, { headers }).then((response) => response.json())
    return schema.parse(await waitFor(`the answer to GET ${path}`, answer))
  }
}
