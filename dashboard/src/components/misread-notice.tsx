import { Notice } from './notice.tsx'

/** Names the parameters of an address that a list ignores. */
export function MisreadNotice({ parameters }: { parameters: readonly string[] }) {
  if (parameters.length === 0) return null
  return (
    <Notice kind="warn" title="Part of this address was not understood">
      {parameters.join(', ')} was left out: the list and its CSV are not filtered by it.
    </Notice>
  )
}
