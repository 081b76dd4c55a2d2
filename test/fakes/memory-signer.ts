import { generateKeyPairSync, sign } from 'node:crypto'
import type { Signer } from '../../shared/ports/signer.ts'
import { publicKeyFrom } from '../../shared/reviews/public-key.ts'

/** Signs with a key of its own, in memory. */
export function memorySigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    sign: async (bytes) => sign('sha256', bytes, privateKey),
    publicKey: async () => publicKeyFrom(publicKey.export({ format: 'der', type: 'spki' })),
  }
}
