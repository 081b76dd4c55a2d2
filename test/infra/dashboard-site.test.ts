import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { siteFilesSchema } from '../../functions/deploy-site/site-files.ts'
import { synthesized } from './synthesized.ts'

const template = await synthesized('ownIssuer')

/** Ids of AWS's own policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac'

test('The API is on the dashboard’s origin, uncached, with all methods and the Authorization header', () => {
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      CacheBehaviors: Match.arrayWith([
        Match.objectLike({
          PathPattern: '/v1/*',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          CachePolicyId: CACHING_DISABLED,
          OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
          ViewerProtocolPolicy: 'https-only',
        }),
      ]),
    },
  })
})

test('The bucket is private, encrypted, and readable only by this distribution', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    BucketEncryption: { ServerSideEncryptionConfiguration: Match.anyValue() },
  })
  template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
    OriginAccessControlConfig: Match.objectLike({ SigningBehavior: 'always', SigningProtocol: 'sigv4' }),
  })
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 's3:GetObject',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
        }),
      ]),
    },
  })
})

test('CloudFront does not cache errors', () => {
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      CustomErrorResponses: [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map((ErrorCode) => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    },
  })
})

test('Only tagged assets of earlier versions are removed, after 30 days', () => {
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'superseded-assets',
          Status: 'Enabled',
          Prefix: 'assets/',
          TagFilters: [{ Key: 'superseded', Value: 'true' }],
          ExpirationInDays: 30,
        },
      ],
    },
  })
})

test('The deployment may read and tag assets, but no other files of the site', () => {
  const files = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::S3::Bucket'))[0], 'Arn'] }
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        {
          Effect: 'Allow',
          Action: ['s3:DeleteObject', 's3:PutObject'],
          Resource: { 'Fn::Join': ['', [files, '/*']] },
        },
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
          Resource: { 'Fn::Join': ['', [files, '/assets/*']] },
        },
      ]),
    },
  })
})

const headersSchema = z.object({
  ResponseHeadersPolicyConfig: z.object({
    SecurityHeadersConfig: z.object({
      ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
      FrameOptions: z.object({ FrameOption: z.string() }),
      StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.number() }),
    }),
  }),
})

test('Pages can load their own files and call their own origin and the sign-in’s, without inline scripts', () => {
  const configs = Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy')).map(
    ({ Properties }) => headersSchema.parse(Properties).ResponseHeadersPolicyConfig.SecurityHeadersConfig,
  )
  expect(configs.map(({ ContentSecurityPolicy: policy }) => policy.ContentSecurityPolicy)).toEqual([
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://id.example.com https://tokens.example.com; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ])
  for (const { FrameOptions, StrictTransportSecurity } of configs) {
    expect(FrameOptions.FrameOption).toBe('DENY')
    expect(StrictTransportSecurity.AccessControlMaxAgeSec).toBe(31_536_000)
  }
})

test('Page addresses lead to the dashboard’s document; files and the API’s description are unchanged', () => {
  const [edge] = Object.values(template.findResources('AWS::CloudFront::Function'))
  const code = z.string().parse(edge?.['Properties'].FunctionCode)
  const served = (uri: string): unknown => runInNewContext(`${code}; handler({ request: { uri } }).uri`, { uri })
  expect(
    ['/', '/integrations/01J8Z/users', '/assets/app.js', '/docs/', '/docs/start.js', '/config.json'].map(served),
  ).toEqual(['/index.html', '/index.html', '/assets/app.js', '/docs/index.html', '/docs/start.js', '/config.json'])
})

/** The text of config.json, as it is deployed. */
function configIn(template: Template): unknown {
  const [resource] = Object.values(template.findResources('Custom::RollcallSite'))
  const { texts } = siteFilesSchema.pick({ texts: true }).parse(resource?.['Properties'])
  expect(Object.keys(texts)).toEqual(['config.json'])
  return JSON.parse(texts['config.json'] ?? '')
}

test('config.json contains the sign-in configuration and nothing secret', () => {
  expect(configIn(template)).toEqual({
    signIn: {
      issuer: 'https://id.example.com/rollcall',
      clientId: 'rollcall-web',
      scopes: ['openid', 'email'],
      sends: 'access_token',
      authorizeParameters: { audience: 'rollcall' },
      signOutUrl: 'https://tokens.example.com/logout',
    },
  })
})

test('With Cognito, whose access tokens contain no address, the dashboard sends the ID token', async () => {
  const [resource] = Object.values((await synthesized('production')).findResources('Custom::RollcallSite'))
  expect(JSON.stringify(resource)).toContain(String.raw`\"sends\":\"id_token\"`)
})

test('Without a client for the dashboard, config.json says that there is no sign-in', async () => {
  expect(configIn(await synthesized('apiOnly'))).toEqual({ signIn: null })
})
