import type { Credentials } from '../api/api-client.ts'

const STORAGE_KEY = 'rollcall.token'

/** What the API requires: nothing, a token, or another token. */
export type Need = 'none' | 'a_token' | 'another_token'

/** True for a text that an `Authorization` header can contain as a token. Other texts cannot be valid tokens. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token)
}

/**
 * The token of one machine (`ROLLCALL_TOKEN`), requested only when the API requires one. It is kept as long as the tab.
 */
export class TokenCredentials implements Credentials {
  readonly #listeners = new Set<() => void>()
  #need: Need = 'none'

  async authorization(): Promise<string | undefined> {
    const token = sessionStorage.getItem(STORAGE_KEY)
    return token === null ? undefined : `Bearer ${token}`
  }

  refused(): void {
    const sentOne = sessionStorage.getItem(STORAGE_KEY) !== null
    sessionStorage.removeItem(STORAGE_KEY)
    // When several calls are rejected together, the first one has already discarded the token.
    if (sentOne || this.#need === 'none') this.#setNeed(sentOne ? 'another_token' : 'a_token')
  }

  /** Sends this token from now on. Throws a `RangeError` for an invalid one, which is not stored. */
  useToken(token: string): void {
    if (!isSendable(token)) throw new RangeError('A token has no spaces and only ASCII characters.')
    sessionStorage.setItem(STORAGE_KEY, token)
    this.#setNeed('none')
  }

  /** Changes when the API rejects a call, and with a new token. */
  need = (): Need => this.#need

  /** Calls back when `need` changes. Returns a function that stops it. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #setNeed(need: Need): void {
    this.#need = need
    for (const listener of this.#listeners) listener()
  }
}
