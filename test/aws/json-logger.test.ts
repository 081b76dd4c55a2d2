import { expect, test } from '@jest/globals'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { printedLines } from './printed-lines.ts'

test('A line is one JSON object with level, message and fields, as Lambda’s own log format wants it', () => {
  const [line, ...others] = printedLines(() =>
    createJsonLogger('Rollcall-test').info('A sync ended.', { integrationId: '01J8Z', durationMs: 12 }),
  )
  expect(line).toMatchObject({
    level: 'INFO',
    message: 'A sync ended.',
    integrationId: '01J8Z',
    durationMs: 12,
    service: 'Rollcall-test',
  })
  expect(line).toHaveProperty('timestamp')
  expect(others).toEqual([])
})

test('An error keeps its name, message and stack beside the fields', () => {
  const [line] = printedLines(() =>
    createJsonLogger('Rollcall-test').error('A request failed.', new RangeError('too far'), { requestId: 'r-1' }),
  )
  expect(line).toMatchObject({ level: 'ERROR', requestId: 'r-1', error: { name: 'RangeError', message: 'too far' } })
  expect(line).toHaveProperty('error.stack')
})

test('What is thrown and is no error is told by its type alone', () => {
  const lines = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', { secret: 'sk-admin-1' }))
  expect(JSON.stringify(lines)).not.toContain('sk-admin')
  expect(lines).toMatchObject([{ error: { message: 'What was thrown is no error: object.' } }])
})

test('A key in an error’s cause is not printed', () => {
  const error = new Error('It failed.', { cause: new AdminApiKey('sk-admin-1234') })
  const lines = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', error))
  expect(JSON.stringify(lines)).not.toContain('sk-admin-1234')
})
