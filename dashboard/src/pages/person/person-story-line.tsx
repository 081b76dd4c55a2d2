import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { dayOf } from '../../../../shared/domain/day.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './person-story-line.module.css'
import { type Departure, personStory } from './person-story.ts'
import { usePersonKeys } from './use-person-keys.ts'

/** A person's story in a sentence or two. It is shown once all of its evidence is. */
export function PersonStoryLine({
  person,
  departure,
  windowDays,
}: {
  person: WirePerson
  /** Undefined while it loads. */
  departure: Departure | null | undefined
  windowDays: number | undefined
}) {
  const owned = usePersonKeys(person)
  const today = dayOf(useNow())
  const isKnown =
    windowDays !== undefined && departure !== undefined && (owned.data !== undefined || owned.error !== null)
  return (
    <p className={classes.story}>
      {isKnown
        ? personStory({ person, departure, keys: owned.data?.flatMap(({ keys }) => keys) ?? [], windowDays, today })
        : '\u00A0'}
    </p>
  )
}
