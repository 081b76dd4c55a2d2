import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { KMSClient } from '@aws-sdk/client-kms'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { createKmsClient, KmsSigner, UnexpectedKmsAnswerError } from '../../shared/aws/kms-signer.ts'
import { type Answer, type AwsServer, startAwsServer } from './aws-server.ts'

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-89ab-cdef-0123-456789abcdef'
const TEXT = Buffer.from('{"reviewId":"01J8Z"}')
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const der = publicKey.export({ format: 'der', type: 'spki' })

const signSchema = z.strictObject({
  KeyId: z.literal(ARN),
  Message: z.base64(),
  MessageType: z.literal('DIGEST'),
  SigningAlgorithm: z.literal('ECDSA_SHA_256'),
})

let failsWith: string | undefined
let isEmpty: boolean
/** What KMS was given to sign, in base64. */
let digests: string[]
let server: AwsServer
let client: KMSClient
let signer: KmsSigner

beforeEach(async () => {
  failsWith = undefined
  isEmpty = false
  digests = []
  server = await startAwsServer(answer)
  client = createKmsClient({ ...server.config, maxAttempts: 1 })
  signer = new KmsSigner({ client, keyArn: ARN })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

/** KMS, as far as it is used. The signature is that of the text, since Node signs no digests. */
function answer(call: string, parameters: Record<string, unknown>): Answer {
  if (failsWith !== undefined) return { error: failsWith }
  if (isEmpty) return { body: {} }
  if (call === 'GetPublicKey') return { body: { KeyId: parameters['KeyId'], PublicKey: der.toString('base64') } }
  digests.push(signSchema.parse(parameters).Message)
  return { body: { Signature: sign('sha256', TEXT, privateKey).toString('base64') } }
}

test('KMS gets the SHA-256 of the bytes, and its signature in DER is returned', async () => {
  const signature = await signer.sign(TEXT)
  expect(digests).toEqual([createHash('sha256').update(TEXT).digest('base64')])
  expect(verify('sha256', TEXT, publicKey, signature)).toBe(true)
})

test('The public key is PEM, named by the digest of its DER form, and read once', async () => {
  const { keyId, pem } = await signer.publicKey()
  expect(keyId).toBe(createHash('sha256').update(der).digest('hex'))
  expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/)
  expect(createPublicKey(pem).equals(publicKey)).toBe(true)
  await signer.publicKey()
  expect(server.calls).toEqual(['GetPublicKey'])
})

test('A refusal is thrown, and the public key is read again after it', async () => {
  failsWith = 'KMSInvalidStateException'
  await expect(signer.sign(TEXT)).rejects.toMatchObject({ name: 'KMSInvalidStateException' })
  await expect(signer.publicKey()).rejects.toMatchObject({ name: 'KMSInvalidStateException' })
  failsWith = undefined
  expect((await signer.publicKey()).keyId).toHaveLength(64)
})

test('An answer without signature or key is an error', async () => {
  isEmpty = true
  await expect(signer.sign(TEXT)).rejects.toThrow(UnexpectedKmsAnswerError)
  await expect(signer.publicKey()).rejects.toThrow(UnexpectedKmsAnswerError)
})
