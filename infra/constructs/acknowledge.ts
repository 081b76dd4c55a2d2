import { Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Accepts a finding of cdk-nag's AwsSolutions rules at a construct and its children, with a reason. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason })
}

/**
 * Accepts that a policy at a construct names this resource, which ends in a wildcard. Other wildcards are still
 * reported.
 */
export function acknowledgeWildcard(construct: IConstruct, resource: string, reason: string): void {
  acknowledge(construct, `IAM5[Resource::${inWords(Stack.of(construct).resolve(resource))}]`, reason)
}

/** A resolved text in the notation of cdk-nag: `<AWS::Region>` where the template has a reference. */
function inWords(resolved: unknown): string {
  if (Array.isArray(resolved)) return resolved.map(inWords).join('')
  if (typeof resolved !== 'object' || resolved === null) return String(resolved)
  if ('Ref' in resolved) return `<${String(resolved.Ref)}>`
  const getAtt: unknown = Object.getOwnPropertyDescriptor(resolved, 'Fn::GetAtt')?.value
  if (Array.isArray(getAtt)) return `<${getAtt.join('.')}>`
  const join: unknown = Object.getOwnPropertyDescriptor(resolved, 'Fn::Join')?.value
  if (Array.isArray(join)) return inWords(join[1])
  const sub: unknown = Object.getOwnPropertyDescriptor(resolved, 'Fn::Sub')?.value
  return String(sub).replaceAll(/\$\{([^}]*)\}/g, '<$1>')
}
