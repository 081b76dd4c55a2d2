import { useMutation } from '@tanstack/react-query'
import classes from './copy-text.module.css'
import { Icon } from './icon.tsx'
import { SteadyButton } from './steady-button.tsx'

const SHOWN = 12

/** The beginning of a long text, such as a hash, with a button that copies all of it. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const copy = useMutation({ mutationFn: () => navigator.clipboard.writeText(text) })
  return (
    <span className={classes.text}>
      <code title={text}>{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</code>
      <SteadyButton
        variant="default"
        size="compact-sm"
        leftSection={<Icon name="copy" size={13} />}
        onClick={() => copy.mutate()}
      >
        Copy<span className="visually-hidden"> {label}</span>
      </SteadyButton>
      <span className={classes.status} role="status">
        {copy.isSuccess && 'Copied'}
        {copy.isError && 'It could not be copied. The evidence file has it.'}
      </span>
    </span>
  )
}
