import { expect, test } from '@jest/globals'
import { parseQueueEvent } from '../../functions/sync/queue-event.ts'

function aRecord(body: unknown, deliveries = '1') {
  return { messageId: 'm', body: JSON.stringify(body), attributes: { ApproximateReceiveCount: deliveries } }
}

const sync = { kind: 'sync', integrationId: 'a', syncId: 's', trigger: 'schedule' }

test('The message is parsed with its delivery count', () => {
  expect(parseQueueEvent({ Records: [aRecord(sync, '2')] })).toEqual({ message: sync, deliveryCount: 2 })
  expect(parseQueueEvent({ Records: [aRecord({ kind: 'purge', integrationId: 'a' })] })).toEqual({
    message: { kind: 'purge', integrationId: 'a' },
    deliveryCount: 1,
  })
})

test.each([
  [{ Records: [] }],
  [{ Records: [aRecord(sync), aRecord(sync)] }],
  [{ Records: [aRecord({ ...sync, kind: 'other' })] }],
  [{ Records: [aRecord({ ...sync, trigger: 'whim' })] }],
  [{ Records: [{ ...aRecord(sync), body: 'no JSON' }] }],
])('What is not one message is refused, and goes back to the queue (%#)', (event) => {
  expect(() => parseQueueEvent(event)).toThrow()
})
