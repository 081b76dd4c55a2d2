import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { BreakableAddress } from '../../components/breakable-address.tsx'
import link from '../../components/cell-link.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { Money } from '../../components/money.tsx'
import { SortHead } from '../../components/sort-head.tsx'
import { Change, Share } from './cost-cells.tsx'
import { type CostChange, type CostRow, costsBeforeCredits, sumOfChanges } from './cost-rows.ts'
import classes from './cost-table.module.css'
import type { SpendView } from './spend-view.ts'

const ROWS_SHOWN = 50

interface Columns {
  /** What the rows are: `Project`. */
  readonly head: string
  readonly currency: string
  readonly integrationId: string
  /** Undefined without a column of changes. */
  readonly change: string | undefined
}

/** Amounts with their share, and their change since the month before. The rows add up to the total. */
export function CostTable({
  rows,
  total,
  columns,
  sort,
  onSort,
}: {
  rows: readonly CostRow[]
  /** What the rows add up to. */
  total: AmountUnits
  columns: Columns
  sort: SpendView['sort']
  onSort: (sort: SpendView['sort']) => void
}) {
  const [shown, setShown] = useState(ROWS_SHOWN)
  const pages = {
    hasNextPage: shown < rows.length,
    isFetchingNextPage: false,
    fetchNextPage: async () => {
      setShown(rows.length)
      return { hasNextPage: false }
    },
  }
  const largest = rows.reduce((most, { units }) => (units > most ? units : most), 1n)
  const all = costsBeforeCredits(rows)
  return (
    <>
      <div
        className={classes.table}
        role="table"
        aria-label={`Costs by ${columns.head.toLowerCase()}`}
        data-change={columns.change !== undefined}
        tabIndex={-1}
      >
        <Head columns={columns} sort={sort} onSort={onSort} />
        <div role="rowgroup">
          {rows.slice(0, shown).map((row) => (
            <Row key={row.id} columns={columns} {...row} name={<Name row={row} id={columns.integrationId} />}>
              <Share units={row.units} all={all} largest={largest} />
            </Row>
          ))}
          <Row columns={columns} units={total} change={sumOfChanges(rows)} isTotal name="Total" />
        </div>
      </div>
      {rows.some(({ units }) => units < 0n) && <p className={classes.note}>Shares are of the costs before credits.</p>}
      <MoreButton pages={pages}>Show all rows</MoreButton>
    </>
  )
}

function Head({
  columns: { head, change },
  sort,
  onSort,
}: {
  columns: Columns
  sort: SpendView['sort']
  onSort: (sort: SpendView['sort']) => void
}) {
  return (
    <div role="rowgroup">
      <div role="row" className={classes.head}>
        <SortHead field="name" sort={sort} onSort={onSort}>
          {head}
        </SortHead>
        <SortHead field="amount" sort={sort} first="down" isEnd onSort={onSort}>
          Amount
        </SortHead>
        <span role="columnheader">Share</span>
        {change !== undefined && (
          <SortHead field="change" sort={sort} first="down" isEnd onSort={onSort}>
            {change}
          </SortHead>
        )}
      </div>
    </div>
  )
}

function Row({
  columns: { currency, change: changeHead },
  name,
  units,
  change,
  isTotal = false,
  children = <span role="cell" />,
}: {
  columns: Columns
  name: ReactNode
  units: CostRow['units']
  change: CostChange | null
  /** Default: false. */
  isTotal?: boolean
  /** The cell of the share. */
  children?: ReactNode
}) {
  return (
    <div role="row" className={isTotal ? classes.total : classes.row}>
      <span role="cell" className={classes.name}>
        {name}
      </span>
      <span role="cell" className={classes.amount}>
        <Money units={units} currency={currency} />
      </span>
      {children}
      {changeHead !== undefined && <Change change={change} currency={currency} />}
    </div>
  )
}

function Name({ row: { name, detail, userId }, id }: { row: CostRow; id: string }) {
  return (
    <>
      {userId === null ? (
        <span>{name}</span>
      ) : (
        <Link className={link.link} href={`/integrations/${id}/members/${encodeURIComponent(userId)}`}>
          {name}
        </Link>
      )}
      {detail !== null && (
        <span className={classes.detail}>
          <BreakableAddress text={detail} />
        </span>
      )}
    </>
  )
}
