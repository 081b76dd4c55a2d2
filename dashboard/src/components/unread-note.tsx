import { useIntegration } from '../api/integration-queries.ts'
import { useLicenses } from '../api/data-queries.ts'
import { useProviderOf } from '../api/provider-queries.ts'
import { capitalize } from '../format/list-in-words.ts'
import { sourcesOfUse } from './sources-of-use.ts'
import classes from './unread-note.module.css'

/** What was not read of one source of use, with the reason. Nothing when all of it was. */
export function UnreadNote({ integrationId, dataSet }: { integrationId: string; dataSet: string }) {
  const found = useIntegration(integrationId).data?.dataSets.filter(({ id }) => id === dataSet) ?? []
  const sources = useLicenses(integrationId).data?.sources
  const provider = useProviderOf(integrationId)
  const [unread] = sources === undefined ? [] : sourcesOfUse(sources, found, provider).unread
  if (unread === undefined) return null
  return (
    <p className={classes.note}>
      {capitalize(unread.label)} {unread.isPartlyRead ? 'were read in part' : 'were not read'}: {unread.why}.
    </p>
  )
}
