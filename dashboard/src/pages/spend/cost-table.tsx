import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { SeriesFill } from '../../charts/series-fill.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { Money } from '../../components/money.tsx'
import { SortHead } from '../../components/sort-head.tsx'
import { formatShareOfUnits } from '../../format/format-money.ts'
import type { CostRow } from './cost-rows.ts'
import classes from './cost-table.module.css'
import type { SpendView } from './spend-view.ts'

const ROWS_SHOWN = 50

/** Amounts with their share of the total. The rows add up to it. */
export function CostTable({
  rows,
  total,
  currency,
  head,
  integrationId,
  sort,
  onSort,
}: {
  rows: readonly CostRow[]
  total: AmountUnits
  currency: string
  /** What the rows are: `Project`. */
  head: string
  integrationId: string
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
  return (
    <>
      <div className={classes.table} role="table" aria-label={`Costs by ${head.toLowerCase()}`} tabIndex={-1}>
        <Head label={head} sort={sort} onSort={onSort} />
        <div role="rowgroup">
          {rows.slice(0, shown).map((row) => (
            <Row key={row.id} row={row} currency={currency} integrationId={integrationId}>
              <Share units={row.units} total={total} largest={largest} />
            </Row>
          ))}
          <Total units={total} currency={currency} />
        </div>
      </div>
      <MoreButton pages={pages}>Show all rows</MoreButton>
    </>
  )
}

function Head({
  label,
  sort,
  onSort,
}: {
  label: string
  sort: SpendView['sort']
  onSort: (sort: SpendView['sort']) => void
}) {
  return (
    <div role="rowgroup">
      <div role="row" className={classes.head}>
        <SortHead field="name" sort={sort} onSort={onSort}>
          {label}
        </SortHead>
        <SortHead field="amount" sort={sort} first="down" isEnd onSort={onSort}>
          Amount
        </SortHead>
        <span role="columnheader">Share</span>
      </div>
    </div>
  )
}

function Row({
  row,
  currency,
  integrationId,
  children,
}: {
  row: CostRow
  currency: string
  integrationId: string
  /** The cell of the share. */
  children: ReactNode
}) {
  return (
    <div role="row" className={classes.row}>
      <Name row={row} integrationId={integrationId} />
      <span role="cell" className={classes.amount}>
        <Money units={row.units} currency={currency} />
      </span>
      {children}
    </div>
  )
}

function Total({ units, currency }: { units: AmountUnits; currency: string }) {
  return (
    <div role="row" className={classes.total}>
      <span role="cell">Total</span>
      <span role="cell" className={classes.amount}>
        <Money units={units} currency={currency} />
      </span>
      <span role="cell" />
    </div>
  )
}

function Name({ row: { name, detail, userId }, integrationId }: { row: CostRow; integrationId: string }) {
  return (
    <span role="cell" className={classes.name}>
      {userId === null ? (
        <span>{name}</span>
      ) : (
        <Link className={classes.link} href={`/integrations/${integrationId}/members/${encodeURIComponent(userId)}`}>
          {name}
        </Link>
      )}
      {detail !== null && <span className={classes.detail}>{detail}</span>}
    </span>
  )
}

/** A share of the total in percent. The bar is relative to the largest row; a credit has none. */
function Share({ units, total, largest }: { units: AmountUnits; total: AmountUnits; largest: AmountUnits }) {
  const width = units > 0n ? (Number(units) / Number(largest)) * 100 : 0
  return (
    <span role="cell" className={classes.share}>
      <span className={classes.track} aria-hidden="true">
        <SeriesFill className={classes.bar} series={1} style={{ width: `${width}%` }} />
      </span>
      <span className={classes.percent}>{formatShareOfUnits(units, total)}</span>
    </span>
  )
}
