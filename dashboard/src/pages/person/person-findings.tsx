import { useRef, useState } from 'react'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { FindingGroup } from '../findings/finding-group.tsx'
import { groupFindings } from '../findings/finding-groups.ts'
import type { usePersonFindings } from './use-person-findings.ts'
import classes from './person-findings.module.css'

/** What should be looked at about a person, with what to do: the same as on the page of findings. */
export function PersonFindings({ findings }: { findings: ReturnType<typeof usePersonFindings> }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [done, setDone] = useState('')
  const { data, error, refetch } = findings
  if (data?.length === 0 && done === '') return null
  return (
    <section aria-label="Findings">
      <h2 ref={heading} className={classes.heading} tabIndex={-1}>
        What to look at
      </h2>
      <p className={classes.done} role="status">
        {done}
      </p>
      {error !== null && <ErrorNotice error={error} retry={refetch} />}
      {groupFindings(data ?? []).map((group) => (
        <FindingGroup
          key={group.type}
          group={group}
          leadsTo="member"
          onChanged={setDone}
          focusTarget={() => heading.current}
        />
      ))}
    </section>
  )
}
