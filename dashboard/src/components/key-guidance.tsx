import { Link } from 'wouter'
import { ADMIN_KEYS_URL } from '../provider-links.ts'
import { Icon } from './icon.tsx'
import classes from './key-guidance.module.css'

/** How to create an Admin key. */
export function KeyGuidance() {
  return (
    <div className={classes.guidance}>
      <p>
        <strong>Only an Organization Owner can create an Admin key</strong>: not members, admins or billing users. If
        you are not an Owner, ask one to do this step with you.
      </p>
      <ol>
        <li>
          Open{' '}
          <a href={ADMIN_KEYS_URL} target="_blank" rel="noreferrer">
            Admin keys <Icon name="external" size={13} />
          </a>{' '}
          on platform.openai.com (<b>Settings → Organization settings → Admin keys</b>).
        </li>
        <li>
          Press <b>Create new admin key</b> and choose the permissions <b>Read only</b>, never All. To allow less,
          choose Restricted with read access to organization administration and usage. An expiry is optional.
        </li>
        <li>
          <b>Copy the key at once</b>: OpenAI shows it only this one time. It begins with <code>sk-admin-</code>.
        </li>
      </ol>
      <p className={classes.promise}>
        The key goes to the key store of your Rollcall and is never shown again; your browser does not keep it.{' '}
        <Link href="/help#key">More about keys</Link>
      </p>
    </div>
  )
}
