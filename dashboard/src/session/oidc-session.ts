import { InMemoryWebStorage, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts'
import type { Credentials } from '../api/api-client.ts'
import { type DashboardSignIn, SIGNED_IN_PATH } from '../../../shared/contracts/dashboard-config.ts'
import { endSession } from './end-session.ts'

/** A token rejected this soon after it was issued would be rejected again. */
const JUST_NOW_MS = 60_000

/** The time limit for the issuer's answer, so signing out never waits longer. */
const ANSWERS_WITHIN_SECONDS = 10

/**
 * Signs in at the issuer with the authorization code flow and PKCE. Tokens are in session storage, so a reload keeps
 * the session. Signing out removes them and revokes the refresh token.
 */
export class OidcSession implements Credentials {
  readonly #manager: UserManager
  readonly #config: DashboardSignIn
  #started: Promise<User | undefined> | undefined
  #signedInAtMs = 0
  #isSignedOut = false

  constructor(config: DashboardSignIn) {
    this.#config = config
    this.#manager = new UserManager({
      authority: config.issuer,
      client_id: config.clientId,
      scope: config.scopes.join(' '),
      redirect_uri: `${location.origin}${SIGNED_IN_PATH}`,
      response_type: 'code',
      extraQueryParams: { ...config.authorizeParameters },
      loadUserInfo: false,
      automaticSilentRenew: false,
      requestTimeoutInSeconds: ANSWERS_WITHIN_SECONDS,
      userStore: new WebStorageStateStore({ store: storage() }),
      stateStore: new WebStorageStateStore({ store: storage() }),
    })
  }

  /**
   * Completes a sign-in that the issuer just redirected back from, or restores the existing one. Undefined when it
   * redirected to the issuer.
   */
  start(): Promise<User | undefined> {
    this.#started ??= this.#begin()
    return this.#started
  }

  async authorization(): Promise<string | undefined> {
    const user = await this.#current()
    const token = user?.[this.#config.sends]
    return token === undefined ? undefined : `Bearer ${token}`
  }

  refused(): void {
    // A call that was still pending must not start another sign-in.
    if (this.#isSignedOut || Date.now() - this.#signedInAtMs < JUST_NOW_MS) return
    void this.#manager.removeUser().then(() => this.signIn())
  }

  /** Redirects to the issuer, and returns to the same page. */
  async signIn(): Promise<void> {
    const page = location.pathname === SIGNED_IN_PATH ? '/' : location.pathname + location.search
    await this.#manager.signinRedirect({ state: page })
  }

  /** Ends the session here, and redirects to the issuer to end it there. False when the issuer has no such page. */
  async signOut(): Promise<boolean> {
    this.#isSignedOut = true
    const address = await endSession(this.#manager, { signIn: this.#config, homeUrl: `${location.origin}/` })
    if (address === undefined) return false
    location.assign(address)
    return true
  }

  async #begin(): Promise<User | undefined> {
    if (location.pathname === SIGNED_IN_PATH && location.search !== '') {
      const user = await this.#manager.signinCallback()
      this.#signedInAtMs = Date.now()
      const page = typeof user?.state === 'string' && /^\/(?!\/)/.test(user.state) ? user.state : '/'
      history.replaceState(null, '', page)
      if (user !== undefined) return user
    }
    const user = await this.#current()
    if (user === undefined) await this.signIn()
    return user
  }

  /** The user with valid tokens, which are renewed after they expired. */
  async #current(): Promise<User | undefined> {
    const user = await this.#manager.getUser()
    if (user === null) return undefined
    if (user.expired !== true) return user
    if (user.refresh_token === undefined) return undefined
    return (await this.#manager.signinSilent().catch(() => null)) ?? undefined
  }
}

/** Some browsers refuse session storage. In memory, a reload signs out. */
function storage(): Storage {
  try {
    sessionStorage.setItem('rollcall.probe', '')
    sessionStorage.removeItem('rollcall.probe')
    return sessionStorage
  } catch {
    return new InMemoryWebStorage()
  }
}
