import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties, CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import { Construct } from 'constructs'
import type { DomainConfig } from '../../settings/stage-config.ts'

/**
 * Names of the company's own for the dashboard and the API. A hosted zone gets their records; otherwise the stack's
 * outputs say where to point them. A certificate that no ARN names is made here and proved by the zone, which `infra/settings/site-schema.ts` requires.
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
    const target = RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId))
    // No record for IPv6: API Gateway has addresses of IPv4 only, unless it is asked for both.
    if (this.zone !== undefined) new ARecord(this, 'ApiRecord', { zone: this.zone, recordName: config.apiName, target })
  }

  /** Points the dashboard's name at its distribution. */
  pointAt(distribution: Distribution): void {
    if (this.zone === undefined) return
    const record = {
      zone: this.zone,
      recordName: this.siteName,
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
    }
    new ARecord(this, 'SiteRecord', record)
    new AaaaRecord(this, 'SiteIpv6Record', record)
  }

  private certificate(id: string, domainName: string, arn: string | undefined): ICertificate {
    if (arn !== undefined) return Certificate.fromCertificateArn(this, id, arn)
    return new Certificate(this, id, { domainName, validation: CertificateValidation.fromDns(this.zone) })
  }
}
