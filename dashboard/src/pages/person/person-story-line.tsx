import { dayOf } from '../../../../shared/domain/day.ts'
import { useNow } from '../../format/use-now.ts'
import { currentOf } from '../people/memberships-in-words.ts'
import classes from './person-story-line.module.css'
import { personStory, type PersonStoryFacts } from './person-story.ts'

/** A person's story in a sentence or two. It keeps its place while the number of days is not known. */
export function PersonStoryLine({
  windowDays,
  ...facts
}: Pick<PersonStoryFacts, 'person' | 'departure' | 'keys'> & { windowDays: number | undefined }) {
  const today = dayOf(useNow())
  return (
    <div className={classes.story}>
      <p>{windowDays === undefined ? '\u00A0' : personStory({ ...facts, windowDays, today })}</p>
      <RosterLine {...facts} />
    </div>
  )
}

/** The department and the manager, where the story begins with what is more important: that somebody left. */
function RosterLine({ person, departure }: Pick<PersonStoryFacts, 'person' | 'departure'>) {
  const hasLeft = departure != null || currentOf(person).length === 0
  const { department, manager } = person
  if (!hasLeft || (department === null && manager === null)) return null
  const ofDepartment = department === null ? [] : [`Department: ${department}.`]
  const ofManager = manager === null ? [] : [`Manager: ${manager}.`]
  return <p>{[...ofDepartment, ...ofManager].join(' ')}</p>
}
