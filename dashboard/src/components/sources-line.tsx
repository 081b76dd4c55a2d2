import { listInWords } from '../format/list-in-words.ts'
import classes from './sources-line.module.css'
import type { SourcesOfUse, UnreadSource } from './sources-of-use.ts'
import { useSourcesOfUse } from './use-sources-of-use.ts'

/** With them, the line that is not shown yet takes its place. */
const USUAL_SOURCES: SourcesOfUse = { read: ['requests', 'other kinds of usage', 'keys'], unread: [] }

/** From where use is known, and what was not read, with the reason. It takes its place while that is unknown. */
export function SourcesLine({ integrationId }: { integrationId: string }) {
  const sources = useSourcesOfUse(integrationId)
  return (
    <p
      className={classes.line}
      data-pending={sources === undefined}
      data-unread={sources !== undefined && sources.unread.length > 0}
    >
      {inWords(sources ?? USUAL_SOURCES)}
    </p>
  )
}

function inWords({ read, unread }: SourcesOfUse): string {
  const known = `Use is known from ${read.length === 0 ? 'nothing yet' : listInWords(read)}.`
  const sentence = (title: string, isPartly: boolean) => {
    const parts = reasonsFor(unread.filter(({ isPartlyRead }) => isPartlyRead === isPartly))
    return parts.length === 0 ? '' : ` ${title}: ${parts.join('; ')}.`
  }
  return `${known}${sentence('Not read', false)}${sentence('Read in part', true)}`
}

/** `other kinds of usage and keys (switched off, or not synced yet)`: each reason once. */
function reasonsFor(unread: readonly UnreadSource[]): string[] {
  const byReason = Map.groupBy(unread, ({ why }) => why)
  return [...byReason].map(([why, sources]) => `${listInWords(sources.map(({ label }) => label))} (${why})`)
}
