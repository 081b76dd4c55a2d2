import type { AwsCli } from './aws-cli.ts'

/** The stacks to delete, and where to look for what they created. */
export interface ToCleanUp {
  readonly aws: Pick<AwsCli, 'text' | 'resource'>
  readonly product: string
  readonly organization: string
}

/**
 * Deletes both stacks and everything that the product created at run time, also after a partial deployment. Every step
 * runs, even when an earlier one failed. Returns one line for each thing that is left; empty when everything is gone.
 */
export async function cleanUp({ aws, product, organization }: ToCleanUp): Promise<string[]> {
  const left: string[] = []
  const tryTo = async (what: string, step: () => Promise<unknown>) => {
    await step().catch((error: unknown) => left.push(`${what}: ${error instanceof Error ? error.message : 'failed'}`))
  }
  await tryTo('secrets', () => destroySecrets(aws, product))
  await tryTo('recovery backups of the table', () => endRecovery(aws, product))
  const stacks = [product, organization]
  for (const stack of stacks) {
    await tryTo(stack, () => aws.text('cloudformation', 'delete-stack', '--stack-name', stack))
  }
  for (const stack of stacks) {
    await tryTo(stack, () => aws.text('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', stack))
  }
  await tryTo('secrets', async () => {
    const names = await secretNames(aws, product)
    if (names.length > 0) throw new Error(names.join(', '))
  })
  return left
}

async function destroySecrets(aws: ToCleanUp['aws'], stack: string): Promise<void> {
  for (const name of await secretNames(aws, stack)) {
    await aws.text('secretsmanager', 'delete-secret', '--secret-id', name, '--force-delete-without-recovery')
  }
}

async function secretNames(aws: ToCleanUp['aws'], stack: string): Promise<string[]> {
  const filter = ['--filters', `Key=name,Values=${stack}/admin-keys/`, '--query', 'SecretList[].Name']
  const printed = await aws.text('secretsmanager', 'list-secrets', '--include-planned-deletion', ...filter)
  return printed.split(/\s+/).filter((name) => name.startsWith(`${stack}/admin-keys/`))
}

/** Otherwise AWS keeps a last backup of the deleted table for 35 days. */
async function endRecovery(aws: ToCleanUp['aws'], stack: string): Promise<void> {
  const table = await aws.resource(stack, 'StorageTable', 'AWS::DynamoDB::Table').catch(() => '')
  if (table === '') return
  const off = ['--point-in-time-recovery-specification', 'PointInTimeRecoveryEnabled=false']
  await aws.text('dynamodb', 'update-continuous-backups', '--table-name', table, ...off)
}
