import type { WireKeyList } from '../../../../shared/contracts/keys-contract.ts'
import { Notice } from '../../components/notice.tsx'
import { formatCount } from '../../format/format-number.ts'
import { formatUtcDate } from '../../format/format-time.ts'
import classes from './keys-page.module.css'

/** The projects whose keys the last sync could not read, and since when their keys are as they are shown. */
export function UnreadProjects({ notRead }: { notRead: WireKeyList['notRead'] }) {
  if (notRead.length === 0) return null
  return (
    <Notice kind="warn" title={`Not read by the last sync: the keys of ${formatCount(notRead.length, 'project')}`}>
      <ul className={classes.unread}>
        {notRead.map(({ project, code, keysAsOf }) => (
          <li key={project?.id ?? ''}>
            <b>{project === null ? 'Organization keys' : (project.name ?? project.id)}</b>:{' '}
            {keysAsOf === null ? 'no keys are known' : `keys as of ${formatUtcDate(keysAsOf)} (UTC)`},{' '}
            {code.replaceAll('_', ' ')}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
