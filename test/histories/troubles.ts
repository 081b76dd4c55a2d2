import type { Served } from './organization-bench.ts'

/** What a provider does to a whole sync. */
export type Trouble = 'none' | 'unreachable' | 'rate limited' | 'html' | 'cut' | 'nobody listed' | 'key refused'

const ENDLESS = 1_000_000

/** To draw from: most syncs meet none. */
export const TROUBLES: readonly Trouble[] = [
  ...Array.from({ length: 20 }, () => 'none' as const),
  'unreachable',
  'rate limited',
  'html',
  'cut',
  'nobody listed',
  'key refused',
  'key refused',
]

/** Has the organization cause a trouble from now on, and no other. */
export function cause({ simulated, behave }: Served, trouble: Trouble, isRevoked: boolean): void {
  const isFailing = trouble === 'unreachable' || trouble === 'rate limited'
  simulated.failNext(isFailing ? ENDLESS : 0, trouble === 'rate limited' ? 429 : 500)
  behave()
  simulated.set({
    htmlEveryNth: trouble === 'html' ? 1 : null,
    truncateEveryNth: trouble === 'cut' ? 1 : null,
    emptyListing: trouble === 'nobody listed',
    adminKeyRevoked: isRevoked || trouble === 'key refused',
  })
}

/** The code with which a sync must fail under a trouble; null when it reads what there is. */
export function failureBy(
  trouble: Trouble,
  { key, isRevoked }: { readonly key: string; readonly isRevoked: boolean },
): string | null {
  if (trouble === 'unreachable') return 'provider_unreachable'
  if (trouble === 'rate limited') return 'provider_rate_limited'
  if (trouble === 'html') return 'unexpected_reply'
  if (key === 'admin' && (isRevoked || trouble === 'key refused')) return 'invalid_admin_key'
  return trouble === 'cut' ? 'unexpected_reply' : null
}
