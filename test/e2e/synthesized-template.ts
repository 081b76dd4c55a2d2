import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { StepFailure } from './step.ts'

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
})

/** A resource of the template. */
export interface TemplateResource {
  readonly logicalId: string
  readonly properties: Readonly<Record<string, unknown>>
}

/** What CDK synthesized, as CloudFormation gets it. */
export class SynthesizedTemplate {
  private readonly resources: z.output<typeof templateSchema>['Resources']

  constructor(file: string) {
    this.resources = templateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).Resources
  }

  /** Every resource of a type, such as `AWS::SQS::Queue`. */
  all(type: string): TemplateResource[] {
    return Object.entries(this.resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, { Properties }]) => ({ logicalId, properties: Properties }))
  }

  /** The one of a type whose logical id begins so. Throws `StepFailure` when there is none. */
  one(type: string, beginning: string): TemplateResource {
    const found = this.all(type).find(({ logicalId }) => logicalId.startsWith(beginning))
    if (found === undefined) throw new StepFailure(`The template has no ${type} whose id begins with ${beginning}.`)
    return found
  }

  /** How many resources there are. */
  get size(): number {
    return Object.keys(this.resources).length
  }
}
