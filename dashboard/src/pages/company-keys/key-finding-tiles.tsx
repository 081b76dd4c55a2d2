import { Link } from 'wouter'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { KEY_FINDING_TYPES } from '../../api/keys-view.ts'
import { findingsAddress } from '../../components/findings-address.ts'
import { FINDING_WORDS } from '../../components/key-labels.ts'
import { formatNumber } from '../../format/format-number.ts'
import classes from './company-keys-page.module.css'

/** What is found about keys of all organizations, each with a link to exactly these findings. */
export function KeyFindingTiles({ findings }: { findings: WireOverview['findings'] }) {
  return (
    <ul className={classes.tiles} aria-label="Open findings about keys">
      {KEY_FINDING_TYPES.map((type) => {
        const { label, kind, meaning, action } = FINDING_WORDS[type]
        const count = findings.byType[type]
        return (
          <li key={type} className={classes.tile}>
            <Link className={classes.found} href={findingsAddress({ type })}>
              <span className={classes.number} data-kind={count === 0 ? 'plain' : kind}>
                {formatNumber(count)}
              </span>{' '}
              {label}
            </Link>
            <p className={classes.meaning}>{meaning}</p>
            <p className={classes.meaning}>{action}</p>
          </li>
        )
      })}
    </ul>
  )
}
