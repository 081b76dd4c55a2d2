import { expect, test } from '@jest/globals'
import { checkStage, ConfigError } from '../../infra/settings/check-config.ts'
import type { AccessConfig, DomainConfig, StageConfig } from '../../infra/settings/stage-config.ts'
import { aStage } from './stacks.ts'

const ARN = 'arn:aws:acm:us-east-1:111122223333:certificate/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0001'
const API_ARN = ARN.replace('us-east-1', 'eu-central-1')
const hostedZone = { id: 'Z0123456789ABCDEFGHIJ', name: 'example.com' }
const domain: DomainConfig = {
  name: 'rollcall.example.com',
  apiName: 'api.rollcall.example.com',
  certificateArn: ARN,
  apiCertificateArn: API_ARN,
}

/** The message about a configuration that is wrong in one place. */
function complaint(overrides: Partial<StageConfig>): string {
  try {
    checkStage(aStage({ region: 'eu-central-1', ...overrides }), 'stage')
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'none'
}

const domainComplaint = (overrides: Partial<DomainConfig>) => complaint({ domain: { ...domain, ...overrides } })
const accessComplaint = (access: AccessConfig) => complaint({ access })

test('A domain needs certificates for CloudFront and the API, but no hosted zone', () => {
  expect(domainComplaint({})).toBe('none')
  expect(domainComplaint({ certificateArn: undefined })).toMatch(
    /^stage\.domain\.certificateArn: must be set: .*us-east-1 \(docs\/deploy\.md has the commands\)$/,
  )
  expect(domainComplaint({ apiCertificateArn: undefined })).toBe(
    'stage.domain.apiCertificateArn: must be set: the stack creates a certificate only with a hosted zone',
  )
})

test('With a hosted zone the stack creates the API’s certificate, and CloudFront’s only in us-east-1', () => {
  expect(domainComplaint({ hostedZone, apiCertificateArn: undefined })).toBe('none')
  const { certificateArn: _, apiCertificateArn: _api, ...names } = domain
  const withoutArns = { domain: { ...names, hostedZone } }
  expect(complaint({ ...withoutArns, region: 'us-east-1' })).toBe('none')
  for (const region of ['eu-central-1', undefined]) {
    expect(complaint({ ...withoutArns, region })).toMatch(/^stage\.domain\.certificateArn: must be set/)
  }
})

test('A domain longer than a certificate’s common name requires an own certificate', () => {
  const apiName = `${'a'.repeat(60)}.example.com`
  expect(domainComplaint({ apiName })).toBe('none')
  expect(domainComplaint({ apiName, hostedZone, apiCertificateArn: undefined })).toBe(
    'stage.domain.apiName: must have 64 characters at most, unless you bring its certificate',
  )
})

test.each<[Partial<DomainConfig>, string]>([
  [{ name: 'Rollcall.example.com' }, 'name: must be a host name in lower case, such as rollcall.example.com'],
  [{ name: 'https://rollcall.example.com' }, 'name: must be a host name in lower case, such as rollcall.example.com'],
  [{ name: 'rollcall' }, 'name: must be a host name in lower case, such as rollcall.example.com'],
  [{ name: '*.example.com' }, 'name: must be a host name in lower case, such as rollcall.example.com'],
  [{ apiName: domain.name }, 'apiName: must be another name than the dashboard’s'],
  [
    { certificateArn: API_ARN },
    'certificateArn: must be the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…: CloudFront accepts no others',
  ],
  [{ apiCertificateArn: ARN }, 'apiCertificateArn: must be a certificate in eu-central-1, where the stack is'],
  [{ apiCertificateArn: 'mine' }, 'apiCertificateArn: must be the ARN of a certificate, arn:aws:acm:…'],
  [
    { hostedZone: { ...hostedZone, name: 'acme.example' } },
    'name: must be in the hosted zone acme.example (and 1 more)',
  ],
  [{ hostedZone: { ...hostedZone, name: 'ample.com' } }, 'name: must be in the hosted zone ample.com (and 1 more)'],
  [
    { hostedZone: { ...hostedZone, id: '/hostedzone/Z1' } },
    'hostedZone.id: must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ',
  ],
])('A mistake in the domain is reported in one line (%#)', (mistake, line) => {
  expect(domainComplaint(mistake)).toBe(`stage.domain.${line}`)
})

const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/company/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0002'

test.each<AccessConfig>([
  { webAclArn: WEB_ACL },
  { allowedAddresses: ['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '10.0.0.0/8', '198.51.100.255/32'] },
  { allowedAddresses: ['::/0', '2001:db8::/32', '2001:DB8:0:0:0:0:0:1', '::1/128', 'fe80::/10'] },
  { allowedAddresses: ['203.0.113.7'], secretVersion: '5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0003' },
])('A web ACL, ranges and single addresses are taken (%j)', (access) => {
  expect(accessComplaint(access)).toBe('none')
})

test.each([
  '203.0.113.0/33',
  '203.0.113.0/',
  '203.0.113.0/024',
  '203.0.113.0/-1',
  '203.0.113/24',
  '203.0.113.256',
  '203.0.113.07',
  '2001:db8::/129',
  '2001:db8:::',
  '::ffff:203.0.113.7',
  'fe80::1%eth0',
  'example.com',
  '',
  ' 203.0.113.7',
  '203.0.113.7/24/24',
])('“%s” is not an address range', (written) => {
  expect(accessComplaint({ allowedAddresses: ['198.51.100.0/24', written] })).toBe(
    `stage.access.allowedAddresses[1]: “${written}” is not an address or range, such as 203.0.113.0/24 or 2001:db8::/48`,
  )
})

test.each(['203.0.113.7/24', '128.0.0.0/0', '2001:db8::1/64', '2001:db8:8000::/32'])(
  'A range that is not written with its first address is refused (%s)',
  (written) => {
    expect(accessComplaint({ allowedAddresses: [written] })).toBe(
      `stage.access.allowedAddresses[0]: “${written}” must begin with the first address of its range`,
    )
  },
)

test('More addresses than fit into a CloudFront function are refused, and 200 fit', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `203.0.${index % 256}.${index >> 8}`)
  expect(accessComplaint({ allowedAddresses: many(200) })).toBe('none')
  expect(accessComplaint({ allowedAddresses: many(300) })).toBe(
    'stage.access.allowedAddresses: are more than fit into the 10 KB of a CloudFront function: combine ranges, or use a web ACL',
  )
})

test.each<[AccessConfig, string]>([
  [{}, ': must have webAclArn or allowedAddresses: omit access to admit everybody'],
  [{ allowedAddresses: [] }, '.allowedAddresses: must name a network, or nobody could reach the site'],
  [
    { webAclArn: WEB_ACL.replace('global', 'regional') },
    '.webAclArn: must be the ARN of a web ACL for CloudFront, arn:aws:wafv2:us-east-1:…:global/webacl/…',
  ],
  [{ webAclArn: WEB_ACL, secretVersion: '2' }, '.secretVersion: must be the VersionId that Secrets Manager gave'],
])('A mistake about access is reported in one line (%#)', (access, line) => {
  expect(accessComplaint(access)).toBe(`stage.access${line}`)
})

test('Only CloudFront’s price classes are accepted', () => {
  expect(complaint({ priceClass: 'PriceClass_200' })).toBe('none')
  const misspelt: Partial<Record<'priceClass', string>> = { priceClass: 'PriceClass_300' }
  expect(() => checkStage({ ...aStage(), ...misspelt }, 'stage')).toThrow(/^stage\.priceClass: /)
})
