/** A finding of checkov's: one of its rules, and the resource of ours that breaks it. */
export interface Finding {
  /** Such as `CKV_AWS_119`. */
  readonly check: string
  /** A logical id without the digest that CDK ends it with. */
  readonly resource: string
}

const ROW = /^\| (CKV\w+) +\| (.+?) +\| (.+?) +\|$/gm

/** What docs/security-checks.md answers: a row names one check, its resources, and says why it is so. */
export function answersIn(page: string): (Finding & { readonly answer: string })[] {
  return [...page.matchAll(ROW)].flatMap(([, check = '', resources = '', answer = '']) =>
    [...resources.matchAll(/`(\w+)`/g)].map(([, resource = '']) => ({ check, resource, answer })),
  )
}

/** `AWS::SQS::Queue.SyncPipelineQueue1210A107` → `SyncPipelineQueue`. */
export function resourceName(logicalId: string): string {
  return logicalId.replace(/^.*\./, '').replace(/[0-9A-F]{8}$/, '')
}

/** In a line each: findings without an answer, answers without a finding. Each finding counts once, whatever stage has it. */
export function disagreements(findings: readonly Finding[], answers: readonly Finding[]): string[] {
  const keyOf = ({ check, resource }: Finding) => `${check} ${resource}`
  const found = new Set(findings.map(keyOf))
  const answered = new Set(answers.map(keyOf))
  return [
    ...[...found].filter((each) => !answered.has(each)).map((each) => `${each}: found, and not answered`),
    ...[...answered].filter((each) => !found.has(each)).map((each) => `${each}: answered, and not found`),
  ].toSorted()
}
