import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { ORIGIN_SECRET_HEADER } from '../../shared/aws/origin-secret-header.ts'
import type { Deployment } from './deployment.ts'
import { E2E_DOMAIN, E2E_OTHER_ADDRESS } from './deployment-names.ts'
import { allLogs } from './logs.ts'
import { getPage } from './site.ts'
import { expect } from './step.ts'

const originSchema = z.object({
  DomainName: z.string(),
  CustomHeaders: z
    .object({ Items: z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })).default([]) })
    .optional(),
})
const distributionSchema = z.object({
  DistributionConfig: z.object({
    Aliases: z.object({ Items: z.array(z.string()) }),
    Origins: z.object({ Items: z.array(originSchema) }),
  }),
})

/** Names of the company's own, the allow list at the edge, and an API that answers CloudFront only. */
export async function checkReach(deployment: Deployment): Promise<void> {
  await checkNames(deployment)
  await checkAllowList(deployment)
  await checkOrigin(deployment)
}

async function checkNames({ bench, aws, template, physicalId, outputs, originSecret }: Deployment): Promise<void> {
  const Id = await physicalId(template.one('AWS::CloudFront::Distribution', 'DashboardSite').logicalId)
  const { DistributionConfig: config } = await aws.call(
    'cloudfront',
    'get_distribution_config',
    { Id },
    distributionSchema,
  )
  expect(config.Aliases.Items.join() === E2E_DOMAIN.name, `The site is called ${config.Aliases.Items.join()}.`)
  const api = config.Origins.Items.find(({ DomainName }) => DomainName === E2E_DOMAIN.apiName)
  const [header] = api?.CustomHeaders?.Items ?? []
  expect(
    header?.HeaderName === ORIGIN_SECRET_HEADER && header.HeaderValue === originSecret,
    'CloudFront does not send the secret to the API’s own name.',
  )
  const { ApiId } = z
    .object({ Items: z.array(z.object({ ApiId: z.string(), Stage: z.string() })) })
    .parse(await aws.call('apigatewayv2', 'get_api_mappings', { DomainName: E2E_DOMAIN.apiName }, z.unknown()))
    .Items[0] ?? { ApiId: 'none' }
  expect(ApiId === outputs.apiId, `The API’s name leads to the API ${ApiId}.`)
  const closed = z.object({ DisableExecuteApiEndpoint: z.boolean() })
  const { DisableExecuteApiEndpoint: isClosed } = await aws.call(
    'apigatewayv2',
    'get_api',
    { ApiId: outputs.apiId },
    closed,
  )
  expect(isClosed, 'The API’s generated address is open.')
  bench.say('Dashboard and API have names of their own, and the API’s generated address is set to closed')
}

async function checkAllowList(deployment: Deployment): Promise<void> {
  const localAddress = E2E_OTHER_ADDRESS
  const page = await getPage(deployment, '/', { localAddress })
  expect(
    page.status === 403 && page.text.startsWith('This network may not'),
    `A page from elsewhere answered ${page.status}.`,
  )
  const call = await getPage(deployment, '/v1/health', { localAddress })
  expect(call.status === 403 && /"code":"forbidden"/.test(call.text), `A call from elsewhere answered ${call.status}.`)
  deployment.bench.say('CloudFront’s functions refuse pages and calls from an address that is not allowed')
}

/** Without the secret that CloudFront sends nothing is answered, and the secret gets into no log. */
async function checkOrigin(deployment: Deployment): Promise<void> {
  const { bench, api, issuer, originSecret } = deployment
  const token = await issuer.token({ subject: 'admin-1', claims: { groups: ['rollcall-admin'] } })
  for (const headers of [{}, { [ORIGIN_SECRET_HEADER]: randomBytes(32).toString('hex') }]) {
    for (const path of ['/health', '/openapi.json', '/integrations']) {
      await api(token, headers).expectRefusal({ path }, 403, 'forbidden')
    }
  }
  await api().expect({ path: '/health' }, z.object({ status: z.literal('ok') }))
  const sent = { host: E2E_DOMAIN.apiName, headers: { [ORIGIN_SECRET_HEADER]: originSecret } }
  const byName = await getPage(deployment, '/v1/health', sent)
  expect(byName.status === 200, `By its own name the API answered ${byName.status}: ${byName.text}`)
  const logs = (await allLogs(deployment)).join('\n')
  expect(logs.includes('Answered a request'), 'The api’s log is empty: nothing was looked through.')
  expect(!logs.includes(originSecret) && !deployment.printed().includes(originSecret), 'The secret is in a log.')
  bench.say('The API refuses calls without CloudFront’s secret, of admins too, and answers those with it')
}
