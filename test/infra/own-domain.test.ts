import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import { synthesized } from './synthesized.ts'

const template = await synthesized('everything')
const without = await synthesized('production')
const name = 'rollcall.acme.internal'
const apiName = 'rollcall-api.acme.internal'

function idOf(type: string, from: Template = template): string {
  const [id = '', ...others] = Object.keys(from.findResources(type))
  expect(others).toEqual([])
  return id
}

const distribution = idOf('AWS::CloudFront::Distribution')
const apiDomain = idOf('AWS::ApiGatewayV2::DomainName')

test('CloudFront has the dashboard’s name and certificate, and requires TLS 1.2 with the ciphers of 2025 or newer', () => {
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Aliases: [name],
      ViewerCertificate: {
        AcmCertificateArn: Match.stringLikeRegexp('^arn:aws:acm:us-east-1:'),
        MinimumProtocolVersion: 'TLSv1.2_2025',
        SslSupportMethod: 'sni-only',
      },
    },
  })
})

test('The API has its own name with a certificate of its region, and its execute-api endpoint is closed', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
    DomainName: apiName,
    DomainNameConfigurations: [
      { EndpointType: 'REGIONAL', CertificateArn: { Ref: idOf('AWS::CertificateManager::Certificate') } },
    ],
  })
  template.hasResource('AWS::ApiGatewayV2::ApiMapping', {
    Properties: { ApiId: { Ref: idOf('AWS::ApiGatewayV2::Api') }, DomainName: { Ref: apiDomain }, Stage: '$default' },
    DependsOn: [idOf('AWS::ApiGatewayV2::Stage')],
  })
  template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true })
})

test('CloudFront reaches the API by that name, over TLS 1.2', () => {
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Origins: Match.arrayWith([
        Match.objectLike({
          DomainName: apiName,
          CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
        }),
      ]),
    },
  })
})

test('A certificate without an ARN is created for its name and validated through the hosted zone', () => {
  template.hasResourceProperties('AWS::CertificateManager::Certificate', {
    DomainName: apiName,
    SubjectAlternativeNames: Match.absent(),
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: apiName, HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
  })
})

test('The hosted zone gets a record for each name, and the outputs contain the targets', () => {
  const records = Object.values(template.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => [
    Properties.HostedZoneId,
    Properties.Name,
    Properties.Type,
    Properties.AliasTarget.DNSName,
  ])
  const zone = 'Z0123456789ABCDEFGHIJ'
  const site = { 'Fn::GetAtt': [distribution, 'DomainName'] }
  const api = { 'Fn::GetAtt': [apiDomain, 'RegionalDomainName'] }
  expect(records).toEqual([
    [zone, `${apiName}.`, 'A', api],
    [zone, `${name}.`, 'A', site],
    [zone, `${name}.`, 'AAAA', site],
  ])
  template.hasOutput('DashboardTarget', { Value: site })
  template.hasOutput('ApiTarget', { Value: api })
})

test('Sign-in, invitations, alarms and outputs use the name', () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    CallbackURLs: [`https://${name}/signed-in`],
    LogoutURLs: [`https://${name}/`],
  })
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    AdminCreateUserConfig: {
      InviteMessageTemplate: Match.objectLike({ EmailMessage: Match.stringLikeRegexp(`<a href="https://${name}/">`) }),
    },
  })
  for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
    expect(Properties.AlarmDescription).toContain(`What to do: https://${name}/docs/runbook.html#`)
  }
  template.hasOutput('DashboardUrl', { Value: `https://${name}` })
})

test('Without a domain the addresses of CloudFront and API Gateway are used', () => {
  without.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { Aliases: Match.absent(), ViewerCertificate: Match.absent() },
  })
  without.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: Match.absent() })
  for (const type of ['ApiGatewayV2::DomainName', 'CertificateManager::Certificate', 'Route53::RecordSet']) {
    without.resourceCountIs(`AWS::${type}`, 0)
  }
  const api = { 'Fn::GetAtt': [idOf('AWS::ApiGatewayV2::Api', without), 'ApiEndpoint'] }
  without.hasOutput('ApiUrl', { Value: api })
})
