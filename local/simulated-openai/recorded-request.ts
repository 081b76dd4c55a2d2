/** A request as the organization remembers it. Never its key. */
export class RecordedRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string

  constructor(method: string, url: URL) {
    this.method = method
    this.path = url.pathname
    this.query = url.search.slice(1)
  }

  /** Whether path and query, as they were sent, contain a text. */
  includes(text: string): boolean {
    return `${this.path}?${this.query}`.includes(text)
  }
}
