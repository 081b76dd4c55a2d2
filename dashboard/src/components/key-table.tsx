import { useMediaQuery } from '@mantine/hooks'
import type { WireKey } from '../../../shared/contracts/keys-contract.ts'
import type { KeysView } from '../api/keys-view.ts'
import { useProviderOf } from '../api/provider-queries.ts'
import { keyKindLabels } from './key-labels.ts'
import { KeyRow } from './key-row.tsx'
import classes from './key-table.module.css'
import list from './list-table.module.css'
import { SortHead } from './sort-head.tsx'

type Sort = NonNullable<KeysView['sort']>

/** Keys with owner, dates, status and findings, as a table, or as cards in narrow windows. */
export function KeyTable({
  keys,
  integrationId,
  showsOwner,
  sort = '',
  onSort,
}: {
  keys: readonly WireKey[]
  integrationId: string
  showsOwner: boolean
  /** Default: the API's own order, which no column shows. */
  sort?: string
  /** Undefined for a list in a fixed order. */
  onSort?: ((sort: Sort) => void) | undefined
}) {
  const kindLabels = keyKindLabels(useProviderOf(integrationId))
  const showsCost = keys.some(({ cost }) => cost !== null)
  const isNarrow = useMediaQuery('(max-width: 1199px)', undefined, { getInitialValueInEffect: false })
  const head = (
    field: 'name' | 'createdAt' | 'lastUsedOn' | 'expiresAt' | 'cost',
    label: string,
    first: 'up' | 'down',
  ) => (
    <SortHead field={field} sort={sort} first={first} onSort={isNarrow ? undefined : onSort}>
      {label}
    </SortHead>
  )
  return (
    <div
      className={`${list.table} ${classes.table}`}
      role="table"
      aria-label="Keys"
      tabIndex={-1}
      data-owner={showsOwner}
      data-cost={showsCost}
    >
      <div role="rowgroup" className={classes.headGroup}>
        <div role="row" className={`${list.head} ${classes.head}`}>
          {head('name', 'Key', 'up')}
          {showsOwner && <span role="columnheader">Owner</span>}
          {head('createdAt', 'Created (UTC)', 'down')}
          {head('lastUsedOn', 'Last used (UTC)', 'down')}
          {head('expiresAt', 'Expires (UTC)', 'up')}
          {showsCost && head('cost', 'Cost', 'down')}
          <span role="columnheader">Status</span>
          <span role="columnheader">Findings</span>
        </div>
      </div>
      <div role="rowgroup">
        {keys.map((key) => (
          <div
            key={`${key.kind} ${key.project?.id ?? ''} ${key.id}`}
            role="row"
            className={`${list.row} ${classes.row}`}
          >
            <KeyRow
              apiKey={key}
              integrationId={integrationId}
              kindLabels={kindLabels}
              showsOwner={showsOwner}
              showsCost={showsCost}
            />
          </div>
        ))}
      </div>
    </div>
  )
}
