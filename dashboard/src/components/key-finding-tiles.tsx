import type { ReactNode } from 'react'
import { KEY_FINDING_TYPES, type KeyFindingType } from '../api/keys-view.ts'
import { formatNumber } from '../format/format-number.ts'
import classes from './key-finding-tiles.module.css'
import { FINDING_WORDS } from './key-labels.ts'

/** What a tile's control is made of. */
export interface TileHead {
  readonly className: string | undefined
  readonly children: ReactNode
}

/** What is found about keys: how many there are, what it means, and what to do. */
export function KeyFindingTiles({
  label,
  countOf,
  selected,
  headOf,
}: {
  label: string
  /** Undefined while unknown. */
  countOf: (type: KeyFindingType) => number | undefined
  selected?: KeyFindingType | undefined
  /** The control of a tile, such as a link to what it counts. */
  headOf: (type: KeyFindingType, head: TileHead) => ReactNode
}) {
  return (
    <ul className={classes.tiles} aria-label={label}>
      {KEY_FINDING_TYPES.map((type) => {
        const { meaning, action } = FINDING_WORDS[type]
        const children = <Found type={type} count={countOf(type)} />
        return (
          <li key={type} className={classes.tile} data-selected={type === selected}>
            {headOf(type, { className: classes.head, children })}
            <p className={classes.meaning}>{meaning}</p>
            <p className={classes.action}>{action}</p>
          </li>
        )
      })}
    </ul>
  )
}

function Found({ type, count }: { type: KeyFindingType; count: number | undefined }) {
  const { label, kind } = FINDING_WORDS[type]
  return (
    <>
      <span className={classes.count} data-kind={count === 0 || count === undefined ? 'plain' : kind}>
        {count === undefined ? '–' : formatNumber(count)}
      </span>{' '}
      {label}
    </>
  )
}
