import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { InlineMarkdown } from '../../components/inline-markdown.tsx'
import { KeySteps } from '../../components/key-guidance.tsx'
import { evidenceTopics, unmeasuredProducts, type HelpTopic } from './evidence-topics.tsx'
import { reviewsTopic } from './reviews-topic.tsx'
import { spendTopic } from './spend-topic.tsx'

/** All help topics, in the order in which people need them. */
export const helpTopics = (providers: readonly WireProvider[]): readonly HelpTopic[] => [
  {
    id: 'key',
    question: 'Which key does Rollcall need?',
    answer: (
      <>
        {providers.map(({ id, name, key }) => (
          <div key={id}>
            <p>
              <b>
                {name}: {key.label}
              </b>
              <InlineMarkdown text={`, which begins with \`${key.prefix}\`. ${key.whoCanCreate}`} />
            </p>
            <KeySteps steps={key.steps} />
          </div>
        ))}
        <p>
          Rollcall keeps the key in its key store, uses it only to read, and never shows it again: you see its last four
          characters.
        </p>
      </>
    ),
  },
  {
    id: 'wrong-key',
    question: 'It says that my key is of another kind',
    answer: (
      <p>
        Other keys of the provider call its models; they cannot read who is in the organization. If you cannot create
        the key that Rollcall needs, ask somebody who can.
      </p>
    ),
  },
  {
    id: 'permissions',
    question: 'It says that the key lacks a permission',
    answer: (
      <>
        <p>
          The key is of the right kind, but restricted so that it cannot read something that Rollcall needs. The message
          names it, with the permission. Create a new key that has it, instead of editing the old one.
        </p>
        <p>
          If the message says that the provider refuses the figures of the organization, another key does not help. It
          names the reasons that are known, and whom to ask.
        </p>
      </>
    ),
  },
  {
    id: 'missing',
    question: 'Somebody is missing from the members',
    answer: (
      <ul>
        <li>
          Invited people are listed under <b>Invited</b>. They become members once they have accepted, with the next
          sync.
        </li>
        <li>
          Only active people are listed at first: choose <b>Any account</b> to see disabled, banned and removed ones.
        </li>
        <li>
          Service accounts are not people: choose <b>Service accounts</b> instead of <b>People</b>.
        </li>
        {unmeasuredProducts(providers).map((product) => (
          <li key={product}>Somebody who uses {product} only may not be in the organization at all.</li>
        ))}
      </ul>
    ),
  },
  {
    id: 'seats',
    question: 'Why is somebody a member, or a guest?',
    answer: (
      <>
        <p>Providers do not say, so Rollcall derives the seat. The first that fits decides:</p>
        <ul>
          <li>an owner of the organization is a member;</li>
          <li>somebody managed by your identity provider (SCIM) is a member;</li>
          <li>an email on a company domain makes a member, subdomains included;</li>
          <li>an email elsewhere makes a guest;</li>
          <li>without an email, or without any known company domain: a member.</li>
        </ul>
        <p>
          Each member’s page says which one it was. Company domains are set under Syncs and settings. Otherwise they are
          the domains of the active owners, without public mail providers and without domains that only owners have.
        </p>
      </>
    ),
  },
  ...evidenceTopics(providers),
  spendTopic,
  reviewsTopic,
  {
    id: 'how-often',
    question: 'How often does it sync?',
    answer: (
      <p>
        On the schedule of the integration: every 6 hours unless an admin chose another. Each sync reads all members and
        the whole window again, since providers revise past days. <b>Sync now</b> does it at once. Figures change only
        when a sync has succeeded; “as of” says when that was, and “out of date” that the last two scheduled syncs did
        not read them.
      </p>
    ),
  },
  {
    id: 'revoked',
    question: 'What happens when a key is revoked or expires?',
    answer: (
      <p>
        Everything that was synced stays readable, with its date. The integration shows that it requires action, and
        why. An admin sets a new key under Syncs and settings; it is checked first, and a sync begins at once. If the
        expiry is known, Rollcall warns 14 days ahead.
      </p>
    ),
  },
  {
    id: 'removed',
    question: 'What happens to people who leave?',
    answer: (
      <p>
        The first successful sync that no longer finds them removes them from the list and from the seats, and shows
        them under <b>Left</b> for 60 days. Their usage stays in the organization’s totals. If more than half of the
        people are suddenly missing, Rollcall accepts that only after a second sync, at least ten minutes later, finds
        the same.
      </p>
    ),
  },
  {
    id: 'changes',
    question: 'Does Rollcall change anything at the provider?',
    answer: <p>No. It only reads. To remove somebody or to change a role, use the provider’s own pages.</p>,
  },
  {
    id: 'api',
    question: 'Can a script read this?',
    answer: (
      <p>
        Yes. Everything that these pages show comes from an HTTP API that scripts can call too.{' '}
        <a href="/docs/">Its reference</a> lists all calls.
      </p>
    ),
  },
]
