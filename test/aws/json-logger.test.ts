import { expect, test } from '@jest/globals'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { printedLines } from './printed-lines.ts'

test('A line is one JSON object with level, message and fields, as Lambda’s log format requires', () => {
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

test('Of a thrown value that is no error only the type is logged', () => {
  const lines = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', { secret: 'sk-admin-1' }))
  expect(JSON.stringify(lines)).not.toContain('sk-admin')
  expect(lines).toMatchObject([{ error: { message: 'The thrown value is not an error: object.' } }])
})

test('A key in an error’s cause is not printed', () => {
  const error = new Error('It failed.', { cause: new AdminApiKey('sk-admin-1234') })
  const lines = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', error))
  expect(JSON.stringify(lines)).not.toContain('sk-admin-1234')
})

test('Of an error’s own fields only a code and AWS’s request id are logged, for all its causes', () => {
  const person = { name: 'Wilhelmina Plantagenet', email: 'wilhelmina@planted.example' }
  const refused = Object.assign(new Error('The conditional request failed'), {
    name: 'ConditionalCheckFailedException',
    $fault: 'client',
    $metadata: { httpStatusCode: 400, requestId: '3f0c-77' },
    Item: person,
  })
  const error = Object.assign(new Error('It failed.', { cause: refused }), {
    code: 'ECONNRESET',
    request: { body: person },
  })
  const [line] = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', error))
  expect(JSON.stringify(line)).not.toMatch(/Plantagenet|planted/)
  expect(line).toMatchObject({
    error: {
      name: 'Error',
      code: 'ECONNRESET',
      cause: { name: 'ConditionalCheckFailedException', awsRequestId: '3f0c-77' },
    },
  })
})

test('An unusual code is left out, and an error that causes itself terminates', () => {
  const error = Object.assign(new Error('It failed.'), { code: 'said by wilhelmina@planted.example' })
  error.cause = error
  const [line] = printedLines(() => createJsonLogger('Rollcall-test').error('It failed.', error))
  expect(JSON.stringify(line)).not.toContain('planted')
  expect(line).toHaveProperty('error.cause.cause.message', 'It failed.')
})
