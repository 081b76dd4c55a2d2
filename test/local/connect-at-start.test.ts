import { expect, test } from '@jest/globals'
import { connectAtStart, type FirstConnection } from '../../local/connect-at-start.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import { anIntegration } from '../builders.ts'

const OPENAI: FirstConnection = { provider: 'openai', name: 'OpenAI', adminKey: 'sk-admin-not-a-real-key-0000wxyz' }

async function connect(
  connection: FirstConnection,
  stored: readonly Integration[],
  answer: { status: number; body: unknown } = { status: 201, body: {} },
): Promise<{ posted: unknown[]; lines: string[] }> {
  const posted: unknown[] = []
  const lines: string[] = []
  const postJson = async (path: string, body: unknown) => {
    posted.push([path, body])
    return answer
  }
  await connectAtStart(connection, stored, postJson, (line) => lines.push(line))
  return { posted, lines }
}

test('At the first start the organization is connected through the API', async () => {
  const { posted } = await connect(OPENAI, [])
  expect(posted).toEqual([
    ['/v1/integrations', { provider: 'openai', name: 'OpenAI', adminApiKey: 'sk-admin-not-a-real-key-0000wxyz' }],
  ])
})

test.each([
  ['under its name, with a newer key', anIntegration({ name: 'OpenAI', keyHint: 'abcd' })],
  ['renamed since', anIntegration({ name: 'Acme', keyHint: 'wxyz' })],
])('An organization that is connected already is left alone: %s', async (_how, stored) => {
  expect((await connect(OPENAI, [stored])).posted).toEqual([])
})

test.each([
  ['another one is connected', anIntegration({ name: 'Acme', keyHint: 'abcd' })],
  ['another provider’s key ends alike', anIntegration({ provider: 'quill', name: 'Acme', keyHint: 'wxyz' })],
  ['an earlier try was not finished', anIntegration({ name: 'OpenAI', lifecycle: 'pending' })],
])('It is connected when %s', async (_when, stored) => {
  expect((await connect(OPENAI, [stored])).posted).toHaveLength(1)
})

test('A refusal is printed with its fix and without the key', async () => {
  const body = { code: 'invalid_admin_key', detail: 'OpenAI did not accept the key: create a new one.' }
  const { lines } = await connect(OPENAI, [], { status: 422, body })
  expect(lines.at(-1)).toBe('! OpenAI was not connected: OpenAI did not accept the key: create a new one.')
  expect(lines.join('\n')).not.toContain('not-a-real-key')
})
