import { Link } from 'wouter'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { writeView } from '../../components/address-view.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KeyTable } from '../../components/key-table.tsx'
import { formatCount } from '../../format/format-number.ts'
import { listInWords } from '../../format/list-in-words.ts'
import classes from './person-keys.module.css'
import type { OwnedKeys, usePersonKeys } from './use-person-keys.ts'

/** The working keys that somebody owns, by organization. */
export function PersonKeys({ person, owned }: { person: WirePerson; owned: ReturnType<typeof usePersonKeys> }) {
  const unread = person.memberships.filter(({ keys }) => keys === null)
  const isEmpty = owned.data?.length === 0 && unread.length < person.memberships.length
  return (
    <Card title="Working keys" lead="API keys that they own. Of a key, only its last four characters are known.">
      {owned.error !== null && <ErrorNotice error={owned.error} retry={owned.refetch} />}
      {owned.data?.map((each) => (
        <KeysOf key={each.membership.integrationId} owned={each} isNamed={person.memberships.length > 1} />
      ))}
      {unread.length > 0 && (
        <p className={classes.text}>
          Keys were not read in {listInWords(unread.map(({ integrationName }) => integrationName))}.
        </p>
      )}
      {isEmpty && <p className={classes.text}>They own no working key{unread.length > 0 && ' elsewhere'}.</p>}
    </Card>
  )
}

function KeysOf({ owned: { membership, keys, total }, isNamed }: { owned: OwnedKeys; isNamed: boolean }) {
  const { integrationId, integrationName, userId } = membership
  return (
    <>
      {isNamed && <h3 className={classes.organization}>{integrationName}</h3>}
      <KeyTable keys={keys} integrationId={integrationId} showsOwner={false} />
      {total > keys.length && (
        <p className={classes.text}>
          <Link href={`/integrations/${integrationId}/keys?${writeView({ ownerId: userId }).toString()}`}>
            Show all {formatCount(total, 'key')} in the list of keys
          </Link>
        </p>
      )}
    </>
  )
}
