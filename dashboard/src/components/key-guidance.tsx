import { Link } from 'wouter'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { InlineMarkdown } from './inline-markdown.tsx'
import classes from './key-guidance.module.css'

/** How to create a provider's key. */
export function KeyGuidance({ provider: { key } }: { provider: WireProvider }) {
  return (
    <div className={classes.guidance}>
      <p>
        <InlineMarkdown text={key.whoCanCreate} />
      </p>
      <KeySteps steps={key.steps} />
      <p className={classes.promise}>
        The key goes to the key store of your Rollcall and is never shown again; your browser does not keep it.{' '}
        <Link href="/help#key">More about keys</Link>
      </p>
    </div>
  )
}

/** The steps to a key, in order. */
export function KeySteps({ steps }: { steps: WireProvider['key']['steps'] }) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step}>
          <InlineMarkdown text={step} />
        </li>
      ))}
    </ol>
  )
}
