import type { WireLicenses, WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { WireUserUsage } from '../../../../shared/contracts/usage-contract.ts'
import { useDataSet } from '../../api/integration-queries.ts'
import { SourcesLine } from '../../components/sources-line.tsx'
import { useSourcesOfUse } from '../../components/use-sources-of-use.ts'
import { kindsOn } from './kinds-of-use.ts'
import classes from './member-story-line.module.css'
import { memberStory } from './member-story.ts'

/** A person's story in a sentence, and the sources that it is known from. It is shown once all of its evidence is. */
export function MemberStoryLine({
  user,
  usage,
  licenses,
  integrationId,
}: {
  user: WireUser
  /** Undefined while it loads, null after an error: then the kinds of the last day are left out. */
  usage: WireUserUsage | undefined | null
  licenses: WireLicenses | undefined
  integrationId: string
}) {
  const sources = useSourcesOfUse(integrationId)
  const logins = useDataSet(integrationId, 'logins')
  const story =
    licenses?.asOf == null || sources === undefined || usage === undefined
      ? undefined
      : memberStory({
          user,
          window: licenses.asOf,
          lastKinds: kindsOn(usage?.items ?? [], user.lastActiveOn),
          unread: sources.unread,
          isUseAttributed: licenses.licenses.noData === 0,
          logins: logins?.from == null || logins.to === null ? null : { from: logins.from, to: logins.to },
        })
  return (
    <div className={classes.story}>
      <p className={classes.sentence}>{story ?? '\u00A0'}</p>
      <SourcesLine integrationId={integrationId} />
    </div>
  )
}
