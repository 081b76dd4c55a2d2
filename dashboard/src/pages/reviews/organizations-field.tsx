import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import classes from './new-review-page.module.css'

/** The organizations of a review: all, but for those that are left out. Nothing to choose when there is only one. */
export function OrganizationsField({
  integrations,
  leftOut,
  error,
  onChange,
}: {
  integrations: readonly WireIntegration[]
  leftOut: ReadonlySet<string>
  error: string | undefined
  onChange: (leftOut: ReadonlySet<string>) => void
}) {
  if (integrations.length < 2) return error === undefined ? null : <p className={classes.error}>{error}</p>
  const toggle = (id: string) => {
    const next = new Set(leftOut)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <fieldset className={classes.group}>
      <legend>Organizations</legend>
      <div className={classes.organizations}>
        {integrations.map(({ id, name }) => (
          <label key={id} className={classes.choice}>
            <input type="checkbox" checked={!leftOut.has(id)} onChange={() => toggle(id)} />
            {name}
          </label>
        ))}
      </div>
      {leftOut.size === integrations.length && <p className={classes.error}>Choose at least one.</p>}
      {error !== undefined && <p className={classes.error}>{error}</p>}
    </fieldset>
  )
}
