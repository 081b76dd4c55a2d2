/** A recorded request, without its key. */
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

  /** True when path and query, as sent, contain a text. */
  includes(text: string): boolean {
    return `${this.path}?${this.query}`.includes(text)
  }
}
