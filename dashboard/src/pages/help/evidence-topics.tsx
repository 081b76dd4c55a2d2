import type { ReactNode } from 'react'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { FINDING_WORDS } from '../../components/key-labels.ts'

/** A question, its anchor on the help page, and its answer. */
export interface HelpTopic {
  readonly id: string
  readonly question: string
  readonly answer: ReactNode
}

/** The topics about use: what is measured, from which sources, and what is found about keys. */
export const evidenceTopics = (providers: readonly WireProvider[]): readonly HelpTopic[] => [
  {
    id: 'measured',
    question: 'What does usage measure, and what not?',
    answer: (
      <>
        <p>
          The provider counts requests per UTC day; the last 60 days are read. Other kinds of usage, such as images or
          code execution, are counted apart, each in its own unit, and never added to each other.
        </p>
        <p>
          Last activity is the last day with requests, with another kind of usage, or on which one of the person’s own
          API keys was used. A sign-in is not use. It is shown beside the last activity if the deployment reads
          sign-ins, which is off unless it was switched on.
        </p>
        <ul>
          {providers.map(({ id, name, countsAsRequests }) => (
            <li key={id}>
              {name}: {countsAsRequests}.
            </li>
          ))}
        </ul>
        <p>
          <b>Not measured</b>: {unmeasuredProducts(providers).map((product) => `${product}, `)}
          and what a person does through a service account. So “no use” is a reason to ask, not proof that somebody does
          not need their access.
        </p>
        <p>
          Usage of people who are no longer in the organization, and usage without a person, is part of the
          organization’s totals but not of any member.
        </p>
      </>
    ),
  },
  {
    id: 'licenses',
    question: 'What do “used”, “no use” and “no use data” mean?',
    answer: (
      <ul>
        <li>
          <b>Used in 60 days</b>: there was use within the days that were synced.
        </li>
        <li>
          <b>No use in 60 days</b>: there was none. The risk is access that nobody needs.
          {providers.map(({ name, freeSeats }) => freeSeats && ` A seat at ${name} costs nothing.`)}
        </li>
        <li>
          <b>Signed in only</b>: no use either, but they signed in at the provider in these days.
        </li>
        <li>
          <b>No use data</b>: the provider attributed no requests of any kind to any person of this organization, so
          that none are seen proves nothing.
        </li>
      </ul>
    ),
  },
  {
    id: 'sources',
    question: 'What does “not read” mean?',
    answer: (
      <>
        <p>
          Requests are always read. Other kinds of usage, keys, invitations and sign-ins are optional: they are missing
          when they are switched off, when the key lacks the permission, or when the provider does not have them. A sync
          that cannot read one of them keeps what an earlier sync read, with its date.
        </p>
        <p>
          What was not read proves nothing. So next to use you see the sources from which it is known, and “never used”
          is only said when all of them were read.
        </p>
      </>
    ),
  },
  {
    id: 'keys',
    question: 'What do the findings about keys mean?',
    answer: (
      <>
        <p>
          Each is a reason to look at a key, and goes away with its cause. The provider shows only the last four
          characters of a key, and nothing else of it is kept.
        </p>
        <ul>
          {Object.values(FINDING_WORDS).map(({ label, meaning, action }) => (
            <li key={label}>
              <b>{label}</b>: {meaning} {action}
            </li>
          ))}
        </ul>
      </>
    ),
  },
]

/** The products whose use no provider reports. */
export function unmeasuredProducts(providers: readonly WireProvider[]): string[] {
  return providers.flatMap(({ unmeasuredProduct }) => unmeasuredProduct ?? [])
}
