import type { WireFindings } from '../../../shared/contracts/findings-contract.ts'
import { unjudgedOf } from './finding-words.ts'
import { Notice } from './notice.tsx'
import { listInWords } from '../format/list-in-words.ts'
import classes from './not-judged.module.css'

const NAMES_SHOWN = 5

/** Which findings are unknown where, because something was not read. That is no evidence that there are none. */
export function NotJudged({ notJudged }: Pick<WireFindings, 'notJudged'>) {
  const unjudged = unjudgedOf(notJudged)
  if (unjudged.length === 0) return null
  return (
    <Notice kind="warn" title="Not everything could be judged">
      <ul className={classes.unjudged}>
        {unjudged.map(({ organizations, why, types }) => (
          <li key={why + types.join()}>
            <b>{namesInWords(organizations)}</b>: without {why}, these are unknown: {listInWords(types).toLowerCase()}.
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function namesInWords(names: readonly string[]): string {
  if (names.length <= NAMES_SHOWN) return listInWords(names)
  return listInWords([...names.slice(0, NAMES_SHOWN - 1), `${names.length - NAMES_SHOWN + 1} other organizations`])
}
