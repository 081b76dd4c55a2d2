import { expect, test } from '@jest/globals'
import { cleanUp, type ToCleanUp } from '../../../tools/smoke/clean-up.ts'

const NAMES = { product: 'Rollcall-smoke-dev', organization: 'Rollcall-smoke-dev-organization' }
const SECRET = 'Rollcall-smoke-dev/admin-keys/01K0000000000000000000000A'

/** An account with one secret of the smoke test’s and one of somebody else’s, in which some calls fail. */
function account({ failing = /^$/, destroys = true }: { failing?: RegExp; destroys?: boolean } = {}) {
  const calls: string[] = []
  let secrets = [SECRET, 'Rollcall-dev/admin-keys/01K0000000000000000000000B']
  const aws: ToCleanUp['aws'] = {
    text: async (service, operation, ...args) => {
      const call = [service, operation, ...args].join(' ')
      calls.push(call)
      if (failing.test(call)) throw new Error('not allowed')
      if (operation === 'delete-secret' && destroys) secrets = secrets.filter((name) => !args.includes(name))
      return operation === 'list-secrets' ? secrets.join('\t') : ''
    },
    resource: async () => 'the-table',
  }
  return { aws, calls }
}

test('Destroys the secrets first, ends the recovery backups, then deletes both stacks and waits until they are gone', async () => {
  const { aws, calls } = account()
  expect(await cleanUp({ aws, ...NAMES })).toEqual([])
  const changes = calls.filter((call) => !call.includes('list-secrets'))
  expect(changes).toEqual([
    `secretsmanager delete-secret --secret-id ${SECRET} --force-delete-without-recovery`,
    'dynamodb update-continuous-backups --table-name the-table --point-in-time-recovery-specification PointInTimeRecoveryEnabled=false',
    'cloudformation delete-stack --stack-name Rollcall-smoke-dev',
    'cloudformation delete-stack --stack-name Rollcall-smoke-dev-organization',
    'cloudformation wait stack-delete-complete --stack-name Rollcall-smoke-dev',
    'cloudformation wait stack-delete-complete --stack-name Rollcall-smoke-dev-organization',
  ])
})

test('A failing step does not stop the others, and is reported with what is left', async () => {
  const { aws, calls } = account({ failing: /delete-stack --stack-name Rollcall-smoke-dev$/ })
  expect(await cleanUp({ aws, ...NAMES })).toEqual(['Rollcall-smoke-dev: not allowed'])
  expect(calls).toContain('cloudformation delete-stack --stack-name Rollcall-smoke-dev-organization')
})

test('A secret that is left at the end is reported', async () => {
  const { aws } = account({ destroys: false })
  expect(await cleanUp({ aws, ...NAMES })).toEqual([`secrets: ${SECRET}`])
})

test('Without a table the other steps run', async () => {
  const { aws, calls } = account()
  const left = await cleanUp({ aws: { ...aws, resource: () => Promise.reject(new Error('no stack')) }, ...NAMES })
  expect(left).toEqual([])
  expect(calls.filter((call) => call.startsWith('dynamodb'))).toEqual([])
})
