import type { WireKeyCheck } from '../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { Icon } from './icon.tsx'
import classes from './key-check-marks.module.css'

/**
 * What a key can read: a mark for each data set, and the API's advice for failures. Advice that applies to all data
 * sets, such as for a wrong key, is shown once below.
 */
export function KeyCheckMarks({ check, provider }: { check: WireKeyCheck; provider: WireProvider }) {
  const gives = (dataSet: string) => provider.dataSets.find(({ id }) => id === dataSet)?.gives ?? dataSet
  const advice = new Set(check.checks.flatMap(({ detail }) => detail ?? []))
  const shared = advice.size === 1 && check.checks.every(({ ok }) => !ok) ? [...advice][0] : undefined
  return (
    <>
      <ul className={classes.marks}>
        {check.checks.map(({ dataSet, ok, detail }) => (
          <li key={dataSet} className={classes.mark} data-ok={ok}>
            <span className={classes.icon}>
              <Icon name={ok ? 'check' : 'x'} />
            </span>
            <div>
              <strong>
                {gives(dataSet)}: {ok ? 'can be read' : 'cannot be read'}
              </strong>
              {shared === undefined && detail !== null && <div>{detail}</div>}
            </div>
          </li>
        ))}
      </ul>
      {shared !== undefined && <p className={classes.advice}>{shared}</p>}
    </>
  )
}
