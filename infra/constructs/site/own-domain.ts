import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager'
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { AaaaRecord, ARecord, HostedZone, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53'
import { ApiGatewayv2DomainProperties, CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets'
import { Construct } from 'constructs'
import type { DomainConfig } from '../../settings/stage-config.ts'

/**
 * The company's own domain names for the dashboard and the API. With a hosted zone, the construct creates their
 * records; otherwise the stack's outputs name the targets. A certificate without a configured ARN is created here and
 * validated through the zone, which `infra/settings/site-schema.ts` then requires.
 */
export class OwnDomain extends Construct {
  readonly siteName: string
  readonly siteCertificate: ICertificate
  readonly apiName: string
  /** API Gateway's side of `apiName`. It accepts TLS 1.2 or newer, as all HTTP APIs do. */
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
    // There is no IPv6 record: API Gateway has only IPv4 addresses unless dual-stack is enabled.
    if (this.zone !== undefined) new ARecord(this, 'ApiRecord', { zone: this.zone, recordName: config.apiName, target })
  }

  /** Creates the records that point the dashboard's name at its distribution. */
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
