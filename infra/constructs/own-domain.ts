import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties, CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import { CfnOutput } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { DomainConfig } from '../stage-config.ts'

/**
 * Names of the company's own for the dashboard and the API. A hosted zone gets their records; otherwise the outputs say
 * where to point them. A certificate that no ARN names is made here and proved by the zone, which `infra/site-schema.ts` requires.
 */
export class OwnDomain extends Construct {
  readonly siteName: string
  readonly siteCertificate: ICertificate
  readonly apiName: string
  /** API Gateway's side of `apiName`: TLS 1.2 or newer, as all of its HTTP APIs. */
  readonly apiDomain: DomainName
  private readonly zone: IHostedZone | undefined

  constructor(scope: Construct, id: string, config: DomainConfig) {
    super(scope, id)
    const { hostedZone } = config
    this.siteName = config.name
    this.apiName = config.apiName
    this.zone =
      hostedZone === undefined
        ? undefined
        : HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: hostedZone.id, zoneName: hostedZone.name })
    this.siteCertificate = this.certificate('SiteCertificate', config.name, config.certificateArn)
    this.apiDomain = new DomainName(this, 'Api', {
      domainName: config.apiName,
      certificate: this.certificate('ApiCertificate', config.apiName, config.apiCertificateArn),
    })
    const { regionalDomainName, regionalHostedZoneId } = this.apiDomain
    this.point('Api', this.apiName, {
      target: RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId)),
      address: regionalDomainName,
      // API Gateway's own addresses are of IPv4 only unless asked for both; CloudFront and scripts need no more.
      hasIpv6: false,
    })
  }

  /** Points the dashboard's name at its distribution. */
  pointAt(distribution: Distribution): void {
    this.point('Site', this.siteName, {
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
      address: distribution.distributionDomainName,
      hasIpv6: true,
    })
  }

  private certificate(id: string, domainName: string, arn: string | undefined): ICertificate {
    if (arn !== undefined) return Certificate.fromCertificateArn(this, id, arn)
    return new Certificate(this, id, { domainName, validation: CertificateValidation.fromDns(this.zone) })
  }

  private point(
    id: string,
    recordName: string,
    {
      target,
      address,
      hasIpv6,
    }: { readonly target: RecordTarget; readonly address: string; readonly hasIpv6: boolean },
  ): void {
    new CfnOutput(this, `${id}Target`, { value: address, description: `Where ${recordName} points` })
    if (this.zone === undefined) return
    new ARecord(this, `${id}Record`, { zone: this.zone, recordName, target })
    if (hasIpv6) new AaaaRecord(this, `${id}Ipv6Record`, { zone: this.zone, recordName, target })
  }
}
