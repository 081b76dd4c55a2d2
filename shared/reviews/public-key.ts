import { createHash, createPublicKey } from 'node:crypto'

/** The public half of a signing key. */
export interface PublicKey {
  /** The SHA-256 of the key in DER, as 64 hexadecimal digits: it can be computed from the PEM. */
  readonly keyId: string
  /** SubjectPublicKeyInfo in PEM, as `openssl` reads it. */
  readonly pem: string
}

/** A public key from its DER encoding (SubjectPublicKeyInfo). Throws when it is not one. */
export function publicKeyFrom(der: Uint8Array): PublicKey {
  const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
  return {
    keyId: createHash('sha256').update(der).digest('hex'),
    pem: String(key.export({ format: 'pem', type: 'spki' })),
  }
}
