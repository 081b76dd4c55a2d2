import { RegionInfo } from 'aws-cdk-lib/region-info'

/** The form of region names in the standard partition: an area, a direction and a number. */
const REGION_NAME = /^[a-z]{2}-(central|(north|south)(east|west)?|east|west)-\d{1,2}$/

/** AWS China. https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html */
const CHINA = /^cn-/

/**
 * Why the stack cannot be deployed to a region; undefined when it can. Regions of other partitions (GovCloud, China,
 * the European Sovereign Cloud) are refused: CloudFront and Cognito's sign-in pages are missing there or have other
 * names, and Rollcall was never tested there. A region that CDK does not know yet is accepted when its name has the
 * usual form.
 */
export function whyNotRegion(name: string): string | undefined {
  const known = RegionInfo.regions.find((region) => region.name === name)
  if (known?.partition === 'aws') return undefined
  if (known !== undefined || CHINA.test(name)) {
    return `${name} is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1`
  }
  if (REGION_NAME.test(name)) return undefined
  const close = closestRegion(name)
  return `must be an AWS region, such as eu-central-1${close === undefined ? '' : `; did you mean ${close}?`}`
}

/** True when CDK does not know the region: it is newer than CDK, or a typing error. */
export function isUnknownRegion(name: string): boolean {
  return RegionInfo.regions.every((region) => region.name !== name)
}

/** The commercial region whose name is one typing error away. */
function closestRegion(name: string): string | undefined {
  return RegionInfo.regions
    .filter(({ partition }) => partition === 'aws')
    .map((region) => region.name)
    .find((region) => differsByOneLetter(region, name))
}

/** True when one letter is missing, extra or wrong, or two neighboring letters are swapped. */
function differsByOneLetter(one: string, other: string): boolean {
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  const [rest, otherRest] = [one.slice(start), other.slice(start)]
  return (
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    rest.slice(1) === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  )
}
