import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import * as z from 'zod'
import { RUNBOOK_PATH } from '../../infra/site/operators-pages.ts'
import { dashboardConfigSchema } from '../../shared/contracts/dashboard-config.ts'
import { waitFor } from '../watchdog.ts'
import type { Deployment } from './deployment.ts'
import { expect } from './step.ts'

const statementSchema = z.looseObject({ Effect: z.string(), Condition: z.unknown().optional() })
const policySchema = z.looseObject({ Statement: z.array(statementSchema) })

interface Page {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/**
 * The site by its own host name, as a browser behind CloudFront gets it: pages, the page that describes the API, the runbook, what the
 * dashboard learns from `config.json`, strict headers, and nothing over plain HTTP.
 */
export async function checkSite(deployment: Deployment): Promise<void> {
  const { bench } = deployment
  await allowPlainFetches(deployment)
  const home = await getPage(deployment, '/')
  const [, script = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(home.text) ?? []
  expect(
    home.status === 200 && script !== '',
    `The site’s first page is not the dashboard (${home.status}): ${home.text}`,
  )
  const loaded = await getPage(deployment, script)
  expect(
    loaded.status === 200 && /javascript/.test(String(loaded.headers['content-type'])),
    `The dashboard’s script answered ${loaded.status}, as ${loaded.headers['content-type']}.`,
  )
  const caching = [loaded, home].map(({ headers }) => headers['cache-control'])
  expect(
    caching.join('; ') === 'public, max-age=31536000, immutable; public, max-age=0, must-revalidate',
    `Script and page are served with ${caching.join('; ')}.`,
  )
  // Pages that the dashboard makes in the browser are all the first one.
  const deep = await getPage(deployment, '/integrations/any')
  expect(deep.status === 200 && deep.text === home.text, `A page of the dashboard answered ${deep.status}.`)
  const docs = await getPage(deployment, '/docs/')
  expect(docs.status === 200 && docs.text !== home.text, `The API’s description answered ${docs.status}.`)
  const runbook = await getPage(deployment, RUNBOOK_PATH)
  expect(/<h2 id="syncs-failing">/.test(runbook.text), `The runbook that alarms link answered ${runbook.status}.`)
  const config = await getPage(deployment, '/config.json')
  const { signIn } = dashboardConfigSchema.parse(JSON.parse(config.text))
  expect(signIn === null, 'The dashboard is told to sign in, for which no client is configured.')
  for (const { headers } of [home, docs, runbook, config]) {
    expect(/default-src 'none'/.test(String(headers['content-security-policy'])), 'A page has no content policy.')
    expect(headers['x-content-type-options'] === 'nosniff', 'A page may be taken for another type.')
    expect(headers['strict-transport-security'] !== undefined, 'A page does not insist on HTTPS.')
  }
  const plain = await getPage(deployment, '/', { protocol: 'http' })
  expect(plain.status === 301, `Plain HTTP answered ${plain.status}, not a way to HTTPS.`)
  bench.say(
    'The site serves its pages, docs/, the runbook and config.json with strict headers, and sends plain HTTP to HTTPS',
  )
}

/**
 * The bucket refuses what does not come over TLS, and the emulator's CloudFront fetches from it without. That one statement
 * is taken out there; the one that lets this distribution in, and nobody else, stays.
 */
async function allowPlainFetches({ aws, template, physicalId }: Deployment): Promise<void> {
  const Bucket = await physicalId(template.one('AWS::S3::Bucket', 'DashboardSite').logicalId)
  const { Policy } = await aws.call('s3', 'get_bucket_policy', { Bucket }, z.object({ Policy: z.string() }))
  const policy = policySchema.parse(JSON.parse(Policy))
  const isTlsOnly = ({ Effect, Condition }: z.output<typeof statementSchema>) =>
    Effect === 'Deny' && JSON.stringify(Condition).includes('aws:SecureTransport')
  expect(policy.Statement.some(isTlsOnly), 'The site’s bucket takes requests without TLS.')
  const relaxed = { ...policy, Statement: policy.Statement.filter((statement) => !isTlsOnly(statement)) }
  await aws.call('s3', 'put_bucket_policy', { Bucket, Policy: JSON.stringify(relaxed) }, z.unknown())
}

/** How a page is asked for: by https, from the run's own address and by the site's name, unless said otherwise. */
interface AskedHow {
  readonly protocol?: string
  readonly localAddress?: string
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks the emulator for a page by the site's host name. It takes CloudFront's own header for what the browser used. */
export async function getPage(
  { emulatorUrl, outputs }: Deployment,
  path: string,
  { protocol = 'https', localAddress, host = outputs.siteHost, headers = {} }: AskedHow = {},
): Promise<Page> {
  const asked = request(`${emulatorUrl}${path}`, {
    ...(localAddress !== undefined && { localAddress }),
    headers: { ...headers, host, 'x-forwarded-proto': protocol },
  })
  const answered = new Promise<Page>((resolve, reject) => {
    asked.once('error', reject)
    asked.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      once(response, 'end').then(
        () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        reject,
      )
    })
  })
  asked.end()
  return waitFor(`the site's answer to ${path} over ${protocol}`, answered)
}
