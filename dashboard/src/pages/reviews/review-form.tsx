import { Button, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { Link, useLocation } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import type { ReviewPopulation } from '../../../../shared/domain/review.ts'
import type { ApiProblemError } from '../../api/api-error.ts'
import { useCreateReview } from '../../api/review-mutations.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { fieldError, isShownAtField, useFocusOnError } from '../../components/form-errors.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import { IncompleteData, isIncomplete } from './incomplete-data.tsx'
import classes from './new-review-page.module.css'
import { OrganizationsField } from './organizations-field.tsx'
import { PopulationField } from './population-field.tsx'

const FIELDS = ['name', 'population', 'dueOn', 'integrationIds'] as const

/** Asks for the name, population, organizations and due day of a review, and creates it. */
export function ReviewForm({ integrations }: { integrations: readonly WireIntegration[] }) {
  const [, navigate] = useLocation()
  const [name, setName] = useState('')
  const [population, setPopulation] = useState<ReviewPopulation>('everyone')
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [dueOn, setDueOn] = useState('')
  // Stays while the review is created anyway, so that the pressed button does.
  const [incomplete, setIncomplete] = useState<ApiProblemError>()
  const review = useCreateReview()
  const form = useFocusOnError(review.error)
  const integrationIds = integrations.flatMap(({ id }) => (leftOut.has(id) ? [] : id))
  const create = (acceptIncomplete: boolean) => {
    const body = {
      name,
      population,
      ...(leftOut.size > 0 && { integrationIds }),
      dueOn: dueOn === '' ? null : dueOn,
      acceptIncomplete,
    }
    review.mutate(body, {
      onSuccess: ({ id }) => navigate(`/reviews/${id}`),
      onError: (error) => setIncomplete(isIncomplete(error) ? error : undefined),
    })
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    create(false)
  }
  return (
    <form ref={form} className={classes.form} aria-label="New review" onSubmit={submit}>
      <TextInput
        label="Name"
        description="Everybody who can open Rollcall can read it."
        placeholder="Access, fourth quarter"
        required
        withAsterisk={false}
        value={name}
        error={fieldError(review.error, 'name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PopulationField value={population} error={fieldError(review.error, 'population')} onChange={setPopulation} />
      <OrganizationsField
        integrations={integrations}
        leftOut={leftOut}
        error={fieldError(review.error, 'integrationIds')}
        onChange={setLeftOut}
      />
      <TextInput
        type="date"
        label="Due day, if it has one"
        description="In UTC. Nothing enforces it; afterwards the review is marked as overdue."
        value={dueOn}
        error={fieldError(review.error, 'dueOn')}
        onChange={(event) => setDueOn(event.currentTarget.value)}
      />
      {incomplete !== undefined && (
        <IncompleteData error={incomplete} isCreating={review.isPending} onAccept={() => create(true)} />
      )}
      {review.isError && !isIncomplete(review.error) && !isShownAtField(review.error, FIELDS) && (
        <ErrorNotice error={review.error} />
      )}
      <div className={classes.buttons}>
        <SteadyButton type="submit" busy={review.isPending} off={integrationIds.length === 0}>
          Create the review
        </SteadyButton>
        <Button component={Link} href="/reviews" variant="default">
          Cancel
        </Button>
      </div>
    </form>
  )
}
