import { useRef, useState } from 'react'
import classes from './confirm-action.module.css'
import { ErrorNotice } from './error-notice.tsx'
import { SteadyButton } from './steady-button.tsx'

/** A button whose action happens at the second press, after its consequences were said. */
export function ConfirmAction({
  label,
  question,
  confirm,
  cancel,
  isDanger = false,
  isOff = false,
  action,
  onConfirm,
}: {
  label: string
  /** What the action means. */
  question: string
  /** The label of the second button. */
  confirm: string
  cancel: string
  /** True for an action that deletes. Default: false. */
  isDanger?: boolean
  /** True while the first button has no effect. Default: false. */
  isOff?: boolean
  action: { readonly isPending: boolean; readonly error: Error | null }
  onConfirm: () => void
}) {
  const [isAsked, setIsAsked] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const ask = (isNowAsked: boolean) => {
    setIsAsked(isNowAsked)
    // The pressed button is replaced: the focus moves to the one in its place.
    requestAnimationFrame(() => place.current?.querySelector('button')?.focus())
  }
  return (
    <>
      <div ref={place} className={classes.buttons} role="group" aria-label={label}>
        {!isAsked && (
          <SteadyButton {...(isDanger && { variant: 'default' })} size="xs" off={isOff} onClick={() => ask(true)}>
            {label}
          </SteadyButton>
        )}
        {isAsked && (
          <>
            <span className={classes.question}>{question}</span>
            <SteadyButton size="xs" {...(isDanger && { color: 'red' })} busy={action.isPending} onClick={onConfirm}>
              {confirm}
            </SteadyButton>
            <SteadyButton variant="default" size="xs" onClick={() => ask(false)}>
              {cancel}
            </SteadyButton>
          </>
        )}
      </div>
      {action.error !== null && <ErrorNotice error={action.error} />}
    </>
  )
}
