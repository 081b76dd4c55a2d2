import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'
import { type Operation } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'

const shape = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        security: z.array(z.unknown()).optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
})

const text = JSON.stringify(createOpenApiDocument('1.2.3'))
const document = shape.parse(JSON.parse(text))

test('The document is OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
})

test.each(Object.values<Operation>(operations))('$method $path is in the document', (operation) => {
  const found = document.paths[operation.path]?.[operation.method.toLowerCase()]
  expect(found?.operationId).toBe(operation.operationId)
  expect(Object.keys(found?.responses ?? {})).toContain(`${operation.answer.status}`)
  expect(found?.security).toEqual(operation.role === 'none' ? [] : undefined)
})

test('The document contains only operations of the list', () => {
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(ids.toSorted()).toEqual(Object.keys(operations).toSorted())
})

test('Every reference resolves', () => {
  const names = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(text).toContain(`"${name}":{`)
})
