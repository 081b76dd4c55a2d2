import { useRef, useState } from 'react'
import { Link } from 'wouter'
import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'
import { useReopenFinding } from '../../api/company-queries.ts'
import { useMayReview } from '../../api/me-query.ts'
import { Badge } from '../../components/badge.tsx'
import link from '../../components/cell-link.module.css'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { SEVERITY_WORDS } from '../../components/finding-words.ts'
import { Money } from '../../components/money.tsx'
import { memberHref } from '../../components/person-name.tsx'
import { RestoreFocus } from '../../components/restore-focus.tsx'
import { SteadyButton } from '../../components/steady-button.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatCount } from '../../format/format-number.ts'
import { formatDay, formatUtcDate } from '../../format/format-time.ts'
import { useNow } from '../../format/use-now.ts'
import { AcceptanceForm } from './acceptance-form.tsx'
import { evidenceInWords } from './evidence-in-words.ts'
import classes from './findings-page.module.css'

/** The page about a member: the one in their organization, or that of the person over all organizations. */
export type SubjectPage = 'member' | 'person'

/** One finding: how severe it is, what it is about, what it follows from, and its acceptance. */
export function FindingRow({
  finding,
  leadsTo,
  windowDays,
  onChanged,
}: {
  finding: WireFinding
  leadsTo: SubjectPage
  /** The days that costs are of. Undefined while unknown. */
  windowDays: number | undefined
  onChanged: (done: string) => void
}) {
  const { severity, subject, evidence, cost, accepted } = finding
  const now = useNow()
  const { kind, label } = SEVERITY_WORDS[severity]
  return (
    <>
      <span className={classes.severity}>
        <Badge kind={kind}>{label}</Badge>
      </span>
      <div className={classes.what}>
        <Link className={link.link} href={addressOfSubject(finding, leadsTo)}>
          {subject.label}
        </Link>
        <p className={classes.evidence}>{evidenceInWords(evidence, now)}</p>
        {accepted !== null && (
          <p className={classes.evidence}>
            <b>Accepted</b> by {accepted.by.name ?? accepted.by.subject} on {formatUtcDate(accepted.at)}
            {accepted.until !== null && `, until ${formatDay(accepted.until)}`}: {accepted.reason}
          </p>
        )}
      </div>
      {cost !== null && evidence.type !== 'spend_spike' && (
        <span className={classes.cost}>
          <Money units={unitsIn(cost.amount)} currency={cost.currency} />
          <span className={classes.small}>
            {windowDays === undefined ? 'cost' : `cost in ${formatCount(windowDays, 'day')}`}
          </span>
        </span>
      )}
      <Acceptance finding={finding} onChanged={onChanged} />
    </>
  )
}

/** Accepts a finding, or takes its acceptance back. Viewers get no button. */
function Acceptance({ finding, onChanged }: { finding: WireFinding; onChanged: (done: string) => void }) {
  const mayReview = useMayReview()
  const [isOpen, setIsOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const reopen = useReopenFinding(finding.id)
  const { label } = finding.subject
  if (!mayReview) return null
  const finish = () => {
    setIsOpen(false)
    onChanged(`Accepted: ${label}.`)
  }
  const takeBack = () => reopen.mutate(undefined, { onSuccess: () => onChanged(`Open again: ${label}.`) })
  return (
    <>
      <div ref={place} className={classes.decide}>
        {finding.accepted === null ? (
          <SteadyButton variant="default" size="xs" expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            Accept <span className="visually-hidden">{label}</span>
          </SteadyButton>
        ) : (
          <SteadyButton variant="default" size="xs" busy={reopen.isPending} onClick={takeBack}>
            Take back <span className="visually-hidden">{label}</span>
          </SteadyButton>
        )}
        {reopen.isError && <ErrorNotice error={reopen.error} />}
      </div>
      {isOpen && (
        <RestoreFocus className={classes.wide} target={() => place.current?.querySelector('button')}>
          <AcceptanceForm finding={finding} onDone={finish} onCancel={() => setIsOpen(false)} />
        </RestoreFocus>
      )}
    </>
  )
}

/** The page about the subject of a finding. */
function addressOfSubject({ type, integrationId, subject }: WireFinding, leadsTo: SubjectPage): string {
  const { kind, id, label, personId } = subject
  const organization = `/integrations/${integrationId}`
  if (leadsTo === 'person' && personId !== null) return `/people/${personId}`
  if (kind === 'member') return memberHref(integrationId, id)
  if (kind === 'key') return `${organization}/keys?${new URLSearchParams({ q: label }).toString()}`
  return type === 'spend_spike' ? `${organization}/spend` : `${organization}/settings`
}
