import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { OriginSecret } from '../../shared/aws/origin-secret.ts'
import { createSecretsClient } from '../../shared/aws/secrets-key-store.ts'

const MINUTE_MS = 60_000

const requestSchema = z.object({ SecretId: z.string(), VersionStage: z.enum(['AWSCURRENT', 'AWSPREVIOUS']) })

/** The secret's versions by their labels, as Secrets Manager has them. */
let versions: { AWSCURRENT: string; AWSPREVIOUS?: string }
let reads: string[]
let isDown: boolean
let server: Server
let client: SecretsManagerClient
let nowMs: number

beforeEach(async () => {
  versions = { AWSCURRENT: 'first' }
  reads = []
  isDown = false
  nowMs = Date.parse('2026-11-28T12:00:00Z')
  server = createServer((request, response) => {
    text(request)
      .then((body) => {
        const { SecretId, VersionStage } = requestSchema.parse(JSON.parse(body))
        reads.push(`${SecretId} ${VersionStage}`)
        response.setHeader('content-type', 'application/x-amz-json-1.1')
        if (isDown) return response.writeHead(400).end('{"__type":"AccessDeniedException"}')
        const SecretString = versions[VersionStage]
        if (SecretString === undefined) return response.writeHead(400).end('{"__type":"ResourceNotFoundException"}')
        return response.end(JSON.stringify({ SecretString }))
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  client = createSecretsClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  })
})
afterEach(async () => {
  client.destroy()
  await new Promise((resolve) => server.close(resolve))
})

function aSecret(): OriginSecret {
  return new OriginSecret({ client, secretId: 'origin', now: () => new Date(nowMs) })
}

test('Only the secret’s exact value matches', async () => {
  const secret = aSecret()
  expect(await secret.matches('first')).toBe(true)
  for (const sent of ['', 'firs', 'first ', 'first, first', 'FIRST', 'undefined']) {
    expect(await secret.matches(sent)).toBe(false)
  }
})

test('The secret is read once, and never for calls without a value', async () => {
  const secret = aSecret()
  expect(await secret.matches(undefined)).toBe(false)
  expect(reads).toEqual([])
  await secret.matches('first')
  await secret.matches('first')
  expect(reads.toSorted()).toEqual(['origin AWSCURRENT', 'origin AWSPREVIOUS'])
})

test('During a rotation the previous and the new value match, also in a new process', async () => {
  versions = { AWSCURRENT: 'second', AWSPREVIOUS: 'first' }
  const secret = aSecret()
  expect(await secret.matches('first')).toBe(true)
  expect(await secret.matches('second')).toBe(true)
})

test('A running function learns a new value within a minute, and wrong values cause at most one read per minute', async () => {
  const secret = aSecret()
  await secret.matches('first')
  versions = { AWSCURRENT: 'second', AWSPREVIOUS: 'first' }
  nowMs += MINUTE_MS - 1
  expect(await secret.matches('second')).toBe(false)
  expect(await secret.matches('guessed')).toBe(false)
  expect(reads).toHaveLength(2)
  nowMs += 1
  expect(await secret.matches('second')).toBe(true)
  expect(reads).toHaveLength(4)
})

test('A value replaced by two rotations no longer matches after the next read', async () => {
  const secret = aSecret()
  await secret.matches('first')
  versions = { AWSCURRENT: 'third', AWSPREVIOUS: 'second' }
  nowMs += MINUTE_MS
  expect(await secret.matches('second')).toBe(true)
  expect(await secret.matches('first')).toBe(false)
})

test('Nothing matches while the secret cannot be read', async () => {
  isDown = true
  const secret = aSecret()
  await expect(secret.matches('first')).rejects.toMatchObject({ name: 'AccessDeniedException' })
  isDown = false
  expect(await secret.matches('first')).toBe(true)
})
