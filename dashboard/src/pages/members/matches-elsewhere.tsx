import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { dataKey } from '../../api/data-queries.ts'
import { hiddenInWords } from './counts-in-words.ts'
import { LinkButton } from '../../components/link-button.tsx'
import type { MembersView } from './members-view.ts'

/** Up to this many hidden matches are explained one by one; of more, only the number is shown. */
const TOLD_APART = '100'

/** A search with visible matches is examined further after this pause in typing. */
const TYPING_RESTS_MS = 400

/** Hidden matches of a search: their number, and why they are hidden. */
export interface MatchesElsewhere {
  readonly hidden: number
  readonly words: string
  /** The view that includes them. */
  readonly view: MembersView
}

/**
 * Hidden matches: what the search finds with any account status, any kind and no other filters, beyond the visible
 * `total`. Undefined without a search, without hidden matches, and while unknown.
 */
export function useMatchesElsewhere(
  integrationId: string,
  view: MembersView,
  total: number | undefined,
): MatchesElsewhere | undefined {
  const api = useApi()
  const [rested] = useDebouncedValue(view.q, TYPING_RESTS_MS)
  const { q, sort } = view
  const found = useQuery({
    queryKey: [...dataKey(integrationId), 'matches-elsewhere', q],
    queryFn: ({ signal }) => {
      const query = { q, accountStatus: 'any', kind: 'any', limit: TOLD_APART } as const
      return api.call(operations.listUsers, { params: { id: integrationId }, query, signal })
    },
    enabled: q !== undefined && (total === 0 || q === rested),
  })
  if (found.data === undefined || total === undefined || found.data.total <= total) return undefined
  const hidden = found.data.total - total
  const users = found.data.nextCursor === null ? found.data.items : []
  const wider = {
    ...(sort !== undefined && { sort }),
    ...(q !== undefined && { q }),
    accountStatus: 'any',
    kind: 'any',
  } as const
  return { hidden, words: hiddenInWords(hidden, users, view), view: wider }
}

/** Explains the hidden matches, and offers to show them. */
export function MatchesElsewhereLine({
  elsewhere,
  onShow,
}: {
  elsewhere: MatchesElsewhere
  onShow: (view: MembersView) => void
}) {
  return (
    <>
      <p>{elsewhere.words}</p>
      <LinkButton onClick={() => onShow(elsewhere.view)}>Show {elsewhere.hidden === 1 ? 'it' : 'them'}</LinkButton>
    </>
  )
}
