import type { Credentials } from '../api/api-client.ts'

const STORAGE_KEY = 'rollcall.token'

/** What the API wants: nothing, a token, or another than the one it got. */
export type Need = 'none' | 'a_token' | 'another_token'

/** True for what an `Authorization` header can hold as a token; anything else cannot be the right one. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token)
}

/** The token of one machine (`ROLLCALL_TOKEN`), asked for only when the API wants one. Lives as long as the tab. */
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
    // Of several calls that were refused together, the first has taken the token away.
    if (sentOne || this.#need === 'none') this.#setNeed(sentOne ? 'another_token' : 'a_token')
  }

  /** Sends this token from now on. Throws a `RangeError` for one that cannot be sent, and keeps nothing of it. */
  useToken(token: string): void {
    if (!isSendable(token)) throw new RangeError('A token has no spaces and only ASCII characters.')
    sessionStorage.setItem(STORAGE_KEY, token)
    this.#setNeed('none')
  }

  /** Changes when the API refuses a call, and with a new token. */
  need = (): Need => this.#need

  /** Calls back when `need` changes; returns how to stop that. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #setNeed(need: Need): void {
    this.#need = need
    for (const listener of this.#listeners) listener()
  }
}
