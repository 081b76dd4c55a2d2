import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { dataKey } from '../../api/data-queries.ts'
import { hiddenInWords } from './hidden-in-words.ts'
import classes from './members-page.module.css'
import type { MembersView } from './members-view.ts'

/** Of so many matches it is told why each is not shown; of more, only how many there are. */
const TOLD_APART = '100'

/** A search that finds somebody is looked at more closely when nothing was typed for so long. */
const TYPING_RESTS_MS = 400

/** What a search finds beyond the view: how many, and why they are not shown. */
export interface MatchesElsewhere {
  readonly hidden: number
  readonly words: string
  /** The view that shows them too. */
  readonly view: MembersView
}

/**
 * What a search finds with any account status and kind, and without the other filters, beyond the `total` that the view
 * shows. Undefined where nothing is searched for, where nothing is hidden, and until that is known.
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

/** Says what a search finds beyond the view, and shows it at a press. */
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
      <button type="button" className={classes.clear} onClick={() => onShow(elsewhere.view)}>
        Show {elsewhere.hidden === 1 ? 'it' : 'them'}
      </button>
    </>
  )
}
