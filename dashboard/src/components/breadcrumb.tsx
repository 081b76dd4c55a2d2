import { Link } from 'wouter'
import classes from './breadcrumb.module.css'
import { Icon } from './icon.tsx'

/** Above a page's title: the page that it belongs to. */
export function Breadcrumb({ href, children }: { href: string; children: string }) {
  return (
    <nav aria-label="Breadcrumb" className={classes.crumbs}>
      <Link href={href}>{children}</Link>
      <Icon name="chevronRight" size={13} />
    </nav>
  )
}
