import { Aws, Names } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** A hyphen and the longest region name, such as `ap-southeast-1`. */
const REGION_LENGTH = 16

/**
 * A name for a CloudFront resource, which exists once for all regions. It includes the region, so the same stack can be
 * deployed to two regions. CDK's generated names do not include it.
 */
export function globalName(construct: Construct, { maxLength }: { readonly maxLength: number }): string {
  return `${Names.uniqueResourceName(construct, { maxLength: maxLength - REGION_LENGTH, separator: '-' })}-${Aws.REGION}`
}
