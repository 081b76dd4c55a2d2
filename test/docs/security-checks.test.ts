import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { answersIn, disagreements, resourceName } from '../e2e/checkov/security-answers.ts'
import { synthesized } from '../infra/synthesized.ts'
import { pageText } from './pages.ts'

const page = pageText('security-checks.md')
const answers = answersIn(page)

test('Each finding has one answer, in a sentence, for a resource of the stack', async () => {
  expect(answers.length).toBeGreaterThan(20)
  expect(page.match(/^\| CKV/gm)).toHaveLength(new Set(answers.map(({ check, answer }) => check + answer)).size)
  const keys = answers.map(({ check, resource }) => `${check} ${resource}`)
  expect(new Set(keys).size).toBe(keys.length)
  const { Resources } = (await synthesized('production')).toJSON()
  const names = new Set(Object.keys(Resources).map((id) => resourceName(id)))
  expect(answers.filter(({ resource }) => !names.has(resource))).toEqual([])
  expect(answers.filter(({ answer }) => !/^[A-Z].{20,}\.$/.test(answer))).toEqual([])
})

test('The page names the version of checkov that is run', () => {
  const [, version = ''] =
    /^checkov==(\S+)$/m.exec(readFileSync(new URL('../e2e/checkov/requirements.txt', import.meta.url), 'utf8')) ?? []
  expect(page).toContain(`checkov ${version}`)
})

test('Findings without an answer and answers without a finding are reported', () => {
  const queue = { check: 'CKV_AWS_27', resource: 'Queue' }
  const log = { check: 'CKV_AWS_158', resource: 'Log' }
  expect(disagreements([queue, queue], [queue])).toEqual([])
  expect(disagreements([queue, log], [queue])).toEqual(['CKV_AWS_158 Log: found, and not answered'])
  expect(disagreements([queue], [queue, log])).toEqual(['CKV_AWS_158 Log: answered, and not found'])
  // The same rule for another resource is another finding.
  expect(disagreements([{ ...queue, resource: 'Other' }], [queue])).toHaveLength(2)
})

test('A resource is named without its type and without the digest in its id', () => {
  expect(resourceName('AWS::SQS::Queue.SyncPipelineQueue1210A107')).toBe('SyncPipelineQueue')
})
