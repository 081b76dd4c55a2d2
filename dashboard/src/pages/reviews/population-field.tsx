import { REVIEW_POPULATIONS, type ReviewPopulation } from '../../../../shared/domain/review.ts'
import { POPULATION_WORDS } from '../../components/review-words.ts'
import classes from './new-review-page.module.css'

/** Whom or what a review asks about. */
export function PopulationField({
  value,
  error,
  onChange,
}: {
  value: ReviewPopulation
  error: string | undefined
  onChange: (value: ReviewPopulation) => void
}) {
  return (
    <fieldset className={classes.group}>
      <legend>Who or what is reviewed?</legend>
      {REVIEW_POPULATIONS.map((each) => (
        <label key={each} className={classes.choice}>
          <input type="radio" name="population" value={each} checked={each === value} onChange={() => onChange(each)} />
          <span>
            {POPULATION_WORDS[each].label}
            <span className={classes.meaning}>{POPULATION_WORDS[each].meaning}</span>
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p className={classes.error}>
          {POPULATION_WORDS[value].label}: {error}
        </p>
      )}
    </fieldset>
  )
}
