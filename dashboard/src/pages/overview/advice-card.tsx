import { Link } from 'wouter'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { Badge } from '../../components/badge.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { countFindings, SEVERITY_WORDS } from '../../components/finding-words.ts'
import { findingsAddress } from '../../components/findings-address.ts'
import { formatNumber } from '../../format/format-number.ts'
import { listInWords } from '../../format/list-in-words.ts'
import type { Advice } from './advice.ts'
import classes from './overview-page.module.css'

/** What to do, the most important first. Each sentence leads to the list that it counts. */
export function AdviceCard({
  advice,
  findings,
  hasUnjudged,
}: {
  advice: readonly Advice[]
  findings: WireOverview['findings']
  /** Whether something could not be judged. */
  hasUnjudged: boolean
}) {
  const total = findings.high + findings.medium + findings.low
  return (
    <Card
      title="What to do"
      lead={total === 0 ? 'No open findings.' : `${countFindings(total)}: ${severitiesInWords(findings)}.`}
      actions={
        <Link className={classes.all} href={findingsAddress({})}>
          Show all findings
        </Link>
      }
    >
      {advice.length === 0 && (
        <EmptyState title="Nothing needs a look" icon="check">
          <p>In what was read, nothing stands out.</p>
        </EmptyState>
      )}
      <ol className={classes.advice}>
        {advice.map((each) => (
          <li key={each.id} className={classes.item}>
            <Sentence advice={each} />
          </li>
        ))}
      </ol>
      {hasUnjudged && (
        <p className={classes.note}>
          Not everything could be judged, because not everything was read.{' '}
          <Link href={findingsAddress({})}>Show what is unknown</Link>
        </p>
      )}
    </Card>
  )
}

function Sentence({ advice: { severity, sentence, todo } }: { advice: Advice }) {
  const { kind, label } = severity === null ? ({ kind: 'info', label: 'Note' } as const) : SEVERITY_WORDS[severity]
  return (
    <>
      <span className={classes.severity}>
        <Badge kind={kind}>{label}</Badge>
      </span>
      <p className={classes.sentence}>
        {sentence.map(({ text, href }) =>
          href === undefined ? (
            text
          ) : (
            <Link key={href} href={href}>
              {text}
            </Link>
          ),
        )}{' '}
        <span className={classes.todo}>{todo}</span>
      </p>
    </>
  )
}

/** `2 high, 11 medium and 40 low` */
function severitiesInWords({ high, medium, low }: WireOverview['findings']): string {
  const counts = Object.entries({ high, medium, low }).filter(([, count]) => count > 0)
  return listInWords(counts.map(([severity, count]) => `${formatNumber(count)} ${severity}`))
}
