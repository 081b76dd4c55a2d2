import { expect, test } from '@jest/globals'
import { addressesFor, emulatorIn } from '../../../tools/smoke/addresses.ts'

test('On AWS, things answer by their own names', () => {
  const addresses = addressesFor(emulatorIn({}))
  const api = 'https://abc.execute-api.eu-central-1.amazonaws.com'
  expect(addresses.api(api)).toBe(api)
  expect(addresses.token('rollcall-1', 'eu-central-1')).toBe(
    'https://rollcall-1.auth.eu-central-1.amazoncognito.com/oauth2/token',
  )
})

test('On an emulator of this machine, they answer at its one address', () => {
  const addresses = addressesFor(emulatorIn({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' }))
  expect(addresses.api('http://abc.execute-api.127.0.0.1:4566')).toBe(
    'http://127.0.0.1:4566/_aws/execute-api/abc/$default',
  )
  expect(addresses.token('rollcall-1', 'eu-central-1')).toBe('http://127.0.0.1:4566/oauth2/token')
})

test('An endpoint elsewhere is no emulator: a company’s own endpoints of AWS are AWS', () => {
  expect(emulatorIn({ AWS_ENDPOINT_URL: 'https://vpce.example.com' })).toBeUndefined()
  expect(emulatorIn({ AWS_ENDPOINT_URL: '' })).toBeUndefined()
})
