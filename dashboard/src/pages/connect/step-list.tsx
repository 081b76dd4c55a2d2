import { Icon } from '../../components/icon.tsx'
import classes from './step-list.module.css'

const STEPS = [
  { name: 'provider', label: 'Provider' },
  { name: 'key', label: 'Key' },
  { name: 'details', label: 'Details' },
] as const

type StepName = (typeof STEPS)[number]['name']

/** Where one is among the steps. */
export function StepList({ current }: { current: StepName }) {
  const at = STEPS.findIndex(({ name }) => name === current)
  return (
    <ol className={classes.steps}>
      {STEPS.map(({ name, label }, index) => (
        <li
          key={name}
          className={classes.step}
          data-state={index < at ? 'done' : index === at ? 'now' : 'later'}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className={classes.number}>{index < at ? <Icon name="check" size={14} /> : index + 1}</span>
          {label}
        </li>
      ))}
    </ol>
  )
}
