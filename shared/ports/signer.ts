/** Signs completed reviews with a key whose private half never leaves its store: ECDSA over P-256 with SHA-256. */
export interface Signer {
  /** The signature of these bytes, in DER. Throws when the key cannot be used. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
  /** The public half in PEM (SubjectPublicKeyInfo), and the id by which signatures name the key. */
  publicKey(): Promise<{ readonly keyId: string; readonly pem: string }>
}
