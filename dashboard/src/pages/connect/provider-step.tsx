import { Icon } from '../../components/icon.tsx'
import classes from './provider-step.module.css'

/** Chooses whose organization to connect. */
export function ProviderStep({ onChoose }: { onChoose: () => void }) {
  return (
    <button type="button" className={classes.provider} onClick={onChoose}>
      <span className={classes.text}>
        <strong>OpenAI</strong>
        <span>An API organization: its members, their seats, and 60 days of usage by person and model.</span>
      </span>
      <Icon name="chevronRight" size={18} />
    </button>
  )
}
