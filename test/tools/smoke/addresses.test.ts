import { expect, test } from '@jest/globals'
import { addressesFor, emulatorIn } from '../../../tools/smoke/addresses.ts'

test('On AWS, resources have their own host names', () => {
  const addresses = addressesFor(emulatorIn({}))
  const api = 'https://abc.execute-api.eu-central-1.amazonaws.com'
  expect(addresses.api(api)).toBe(api)
  expect(addresses.token('rollcall-1', 'eu-central-1')).toBe(
    'https://rollcall-1.auth.eu-central-1.amazoncognito.com/oauth2/token',
  )
})

test('On an emulator on this machine, they share its address', () => {
  const addresses = addressesFor(emulatorIn({ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/' }))
  expect(addresses.api('http://abc.execute-api.127.0.0.1:4566')).toBe(
    'http://127.0.0.1:4566/_aws/execute-api/abc/$default',
  )
  expect(addresses.token('rollcall-1', 'eu-central-1')).toBe('http://127.0.0.1:4566/oauth2/token')
})

test('An endpoint on another machine is not an emulator', () => {
  expect(emulatorIn({ AWS_ENDPOINT_URL: 'https://vpce.example.com' })).toBeUndefined()
  expect(emulatorIn({ AWS_ENDPOINT_URL: '' })).toBeUndefined()
})
