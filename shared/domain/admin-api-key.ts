import { inspect } from 'node:util'

const REDACTED = 'AdminApiKey(redacted)'

/**
 * An organization's Admin API key. It can read a whole company's directory, so it prints, serializes and inspects as
 * `AdminApiKey(redacted)`; only `reveal()` gives the secret, for the Authorization header and the key store.
 */
export class AdminApiKey {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** The last four characters: what people may see of it. */
  get hint(): string {
    return this.#secret.slice(-4)
  }

  reveal(): string {
    return this.#secret
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [inspect.custom](): string {
    return REDACTED
  }
}
