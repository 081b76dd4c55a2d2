import { dayOf } from '../../../../shared/domain/day.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './person-story-line.module.css'
import { personStory, type PersonStoryFacts } from './person-story.ts'

/** A person's story in a sentence or two. It keeps its place while the number of days is not known. */
export function PersonStoryLine({
  windowDays,
  ...facts
}: Pick<PersonStoryFacts, 'person' | 'departure' | 'keys'> & { windowDays: number | undefined }) {
  const today = dayOf(useNow())
  return (
    <p className={classes.story}>
      {windowDays === undefined ? '\u00A0' : personStory({ ...facts, windowDays, today })}
    </p>
  )
}
