import type { WireKeyList } from '../../../../shared/contracts/keys-contract.ts'
import { Notice } from '../../components/notice.tsx'
import { formatUtcDate } from '../../format/format-time.ts'
import classes from './keys-page.module.css'

/** The projects whose keys the last sync could not read, and since when their keys are as they are shown. */
export function UnreadProjects({ notRead }: { notRead: WireKeyList['notRead'] }) {
  if (notRead.length === 0) return null
  return (
    <Notice kind="warn" title="The last sync could not read all keys">
      <ul className={classes.unread}>
        {notRead.map(({ project, code, keysAsOf }) => (
          <li key={project?.id ?? ''}>
            <b>{project === null ? 'Keys of the organization' : (project.name ?? project.id)}</b>:{' '}
            {keysAsOf === null ? 'no keys are known' : `keys as of ${formatUtcDate(keysAsOf)} (UTC)`},{' '}
            {code.replaceAll('_', ' ')}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
