import { expect, test } from '@jest/globals'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'
import { answerExamples, requestExamples } from '../../shared/contracts/examples.ts'
import { noBody, type Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'

const all = Object.values<Operation>(operations)

test('Redocly’s strict rules find no problem in the document', async () => {
  const problems = await lintFromString({
    source: JSON.stringify(createOpenApiDocument('1.2.3')),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended-strict'] }),
  })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

test.each(all)('$operationId: the document’s examples match its schemas', (operation) => {
  const { operationId, answer, body } = operation
  if (body !== noBody) body.parse(requestExamples[operationId])
  if (answer.status === 204) expect(answerExamples[operationId]).toBeUndefined()
  else answer.schema.parse(answerExamples[operationId])
})

test('Every example belongs to an operation', () => {
  const ids = all.map(({ operationId }) => operationId)
  for (const id of [...Object.keys(answerExamples), ...Object.keys(requestExamples)]) expect(ids).toContain(id)
})
