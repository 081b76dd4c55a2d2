import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from '../components/icon.tsx'
import { Logo } from '../components/logo.tsx'
import classes from './page-frame.module.css'
import { useFocusOnArrival } from './use-focus-on-arrival.ts'
import { ThemeButton } from './theme-button.tsx'
import { UserMenu } from './user-menu.tsx'

/** The frame of every page: the header bar and the main part. */
export function PageFrame({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const main = useFocusOnArrival(path)
  const isHelp = path === '/help'
  const isIntegrations = /^\/($|connect$|integrations\/)/.test(path)
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.bar}>
        <div className={classes.inner}>
          <Link href="/" className={classes.home}>
            <Logo size={24} />
            Rollcall
          </Link>
          <nav className={classes.nav} aria-label="Main">
            <NavLink href="/" label="Integrations" isActive={isIntegrations} isHere={path === '/'} />
            <NavLink href="/help" label="Help" isActive={isHelp} isHere={isHelp} />
            <a href="/docs/" className={`${classes.item} ${classes.wideOnly}`}>
              API <Icon name="external" size={13} />
            </a>
          </nav>
          <div className={classes.end}>
            <ThemeButton />
            <UserMenu />
          </div>
        </div>
      </header>
      <main id="main" ref={main} className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </>
  )
}

function NavLink(props: { href: string; label: string; isActive: boolean; isHere: boolean }) {
  const { href, label, isActive, isHere } = props
  // `true` marks the section of the current page: https://www.w3.org/TR/wai-aria-1.2/#aria-current
  const current = isHere ? 'page' : isActive ? 'true' : undefined
  return (
    <Link href={href} className={isActive ? classes.active : classes.item} aria-current={current}>
      {label}
    </Link>
  )
}
