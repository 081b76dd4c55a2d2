import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import type { Credentials } from '../api/api-client.ts'
import type { SignInConfig } from '../config.ts'

/** Where the issuer sends people back to. */
export const CALLBACK_PATH = '/signed-in'

/**
 * Signs in at the issuer with the authorization code flow and PKCE. Tokens live in session storage, so that a reload
 * does not sign out; only the state of a sign-in under way is kept beside them. Sign-out revokes them.
 */
export class OidcSession implements Credentials {
  readonly #manager: UserManager

  constructor({ issuer, clientId, scope }: SignInConfig) {
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      scope,
      redirect_uri: `${location.origin}${CALLBACK_PATH}`,
      post_logout_redirect_uri: `${location.origin}/`,
      response_type: 'code',
      loadUserInfo: false,
      automaticSilentRenew: false,
      revokeTokensOnSignout: true,
      userStore: new WebStorageStateStore({ store: storage() }),
      stateStore: new WebStorageStateStore({ store: storage() }),
    })
  }

  /** Ends a sign-in that the issuer just came back from, or finds the one there is. Undefined after leaving for the issuer. */
  async start(): Promise<User | undefined> {
    if (location.pathname === CALLBACK_PATH) {
      const user = await this.#manager.signinCallback()
      history.replaceState(null, '', typeof user?.state === 'string' ? user.state : '/')
      if (user !== undefined) return user
    }
    const user = await this.#current()
    if (user === undefined) await this.signIn()
    return user
  }

  async authorization(): Promise<string | undefined> {
    const user = await this.#current()
    return user === undefined ? undefined : `Bearer ${user.access_token}`
  }

  refused(): void {
    void this.#manager.removeUser().then(() => this.signIn())
  }

  /** Leaves for the issuer, and comes back to the same page. */
  async signIn(): Promise<void> {
    await this.#manager.signinRedirect({ state: location.pathname + location.search })
  }

  /** Revokes the tokens and ends the session at the issuer. */
  async signOut(): Promise<void> {
    await this.#manager.signoutRedirect()
  }

  /** The user with tokens that still hold, renewed where they had run out. */
  async #current(): Promise<User | undefined> {
    const user = await this.#manager.getUser()
    if (user === null) return undefined
    if (user.expired !== true) return user
    if (user.refresh_token === undefined) return undefined
    return (await this.#manager.signinSilent().catch(() => null)) ?? undefined
  }
}

/** Some browsers refuse session storage; memory signs out at a reload, and works. */
function storage(): Storage {
  try {
    sessionStorage.setItem('rollcall.probe', '')
    sessionStorage.removeItem('rollcall.probe')
    return sessionStorage
  } catch {
    return new InMemoryWebStorage()
  }
}
