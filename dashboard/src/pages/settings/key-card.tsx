import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { Card } from '../../components/card.tsx'
import { formatDate } from '../../format/format-time.ts'
import { ExpiryForm } from './expiry-form.tsx'
import { ReplaceKeyForm } from './replace-key-form.tsx'
import classes from './settings.module.css'

/** The key's last four characters, its expiry, and a form to replace it. */
export function KeyCard({ integration, provider }: { integration: WireIntegration; provider: WireProvider }) {
  const [isReplacing, setIsReplacing] = useState(integration.state === 'action_required')
  const { keyHint, keyExpiresAt } = integration
  const content = useRef<HTMLDivElement>(null)
  const wasReplacing = useRef(isReplacing)
  // The clicked button is removed: the focus moves to the form's field, and back to the button at the end.
  useEffect(() => {
    if (wasReplacing.current === isReplacing) return
    wasReplacing.current = isReplacing
    content.current?.querySelector<HTMLElement>(isReplacing ? 'input' : 'button[data-opens]')?.focus()
  }, [isReplacing])
  return (
    <Card
      id="key"
      title={provider.key.label}
      lead={
        <>
          The key in use ends in <code>{keyHint}</code>.{' '}
          {keyExpiresAt === null ? 'No expiry is known.' : `It expires on ${formatDate(keyExpiresAt)}.`}
        </>
      }
    >
      <div ref={content}>
        {isReplacing ? (
          <ReplaceKeyForm integrationId={integration.id} provider={provider} onEnd={() => setIsReplacing(false)} />
        ) : (
          <div className={classes.form}>
            <ExpiryForm integration={integration} />
            <div className={classes.buttons}>
              <Button variant="default" data-opens onClick={() => setIsReplacing(true)}>
                Replace the key
              </Button>
            </div>
          </div>
        )}
      </div>
    </Card>
  )
}
