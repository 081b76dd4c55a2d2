import type { WireKeyCheck } from '../../../shared/contracts/integration-contract.ts'
import { Icon } from './icon.tsx'
import classes from './key-check-marks.module.css'

const DATASETS = { directory: 'Member directory', usage: 'Usage figures' } as const

/** What a key can read: a mark for each data set, and the API's advice where it cannot. */
export function KeyCheckMarks({ check }: { check: WireKeyCheck }) {
  return (
    <ul className={classes.marks}>
      {check.checks.map(({ dataset, ok, detail }) => (
        <li key={dataset} className={classes.mark} data-ok={ok}>
          <span className={classes.icon}>
            <Icon name={ok ? 'check' : 'x'} />
          </span>
          <div>
            <strong>
              {DATASETS[dataset]}: {ok ? 'can be read' : 'cannot be read'}
            </strong>
            {detail !== null && <div>{detail}</div>}
          </div>
        </li>
      ))}
    </ul>
  )
}
