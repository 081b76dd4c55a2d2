import { Aws, Names } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/** A hyphen and the longest region's name, such as `ap-southeast-1`. */
const REGION_LENGTH = 16

/**
 * A name for what CloudFront has once for all regions: with the region in it, the same stack can be in two of them. CDK's
 * own names for such resources leave it out.
 */
export function globalName(construct: Construct, { maxLength }: { readonly maxLength: number }): string {
  return `${Names.uniqueResourceName(construct, { maxLength: maxLength - REGION_LENGTH, separator: '-' })}-${Aws.REGION}`
}
