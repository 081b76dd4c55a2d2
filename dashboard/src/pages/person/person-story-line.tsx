import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { dayOf } from '../../../../shared/domain/day.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './person-story-line.module.css'
import { personStory } from './person-story.ts'
import { usePersonKeys } from './use-person-keys.ts'

/** A person's story in a sentence or two. It is shown once all of its evidence is. */
export function PersonStoryLine({ person, windowDays }: { person: WirePerson; windowDays: number | undefined }) {
  const owned = usePersonKeys(person)
  const today = dayOf(useNow())
  const isKnown = windowDays !== undefined && (owned.data !== undefined || owned.error !== null)
  return (
    <p className={classes.story}>
      {isKnown
        ? personStory({ person, keys: owned.data?.flatMap(({ keys }) => keys) ?? [], windowDays, today })
        : '\u00A0'}
    </p>
  )
}
