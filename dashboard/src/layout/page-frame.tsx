import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from '../components/icon.tsx'
import { Logo } from '../components/logo.tsx'
import classes from './page-frame.module.css'
import { UserMenu } from './user-menu.tsx'

/** The parts of the navigation, and the addresses of the pages in each. A page about one organization is in its subject's. */
const SECTIONS = [
  { href: '/', label: 'Overview', pages: /^\/(findings)?$/ },
  { href: '/people', label: 'People', pages: /^\/people(\/|$)|^\/integrations\/[^/]+\/members(\/|$)/ },
  {
    href: '/organizations',
    label: 'Organizations',
    pages: /^\/(organizations|connect)$|^\/integrations\/[^/]+(\/settings)?$/,
  },
  { href: '/spend', label: 'Spend', pages: /^(\/integrations\/[^/]+)?\/spend$/ },
  { href: '/keys', label: 'Keys', pages: /^(\/integrations\/[^/]+)?\/keys$/ },
  { href: '/reviews', label: 'Reviews', pages: /^\/reviews(\/|$)/ },
  { href: '/help', label: 'Help', pages: /^\/help$/ },
] as const

/** The frame of every page: the header bar and the main part. */
export function PageFrame({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const main = useFocusOnArrival(path)
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
            {SECTIONS.map(({ href, label, pages }) => (
              <NavLink key={href} href={href} label={label} isActive={pages.test(path)} isHere={path === href} />
            ))}
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

/** Switches between dark and light. By default the page follows the reader's system. */
function ThemeButton() {
  const scheme = useComputedColorScheme('light')
  const { setColorScheme } = useMantineColorScheme()
  const other = scheme === 'dark' ? 'light' : 'dark'
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Switch to ${other}`}
      title={`Switch to ${other}`}
      onClick={() => setColorScheme(other)}
    >
      <Icon name={scheme === 'dark' ? 'sun' : 'moon'} size={18} />
    </ActionIcon>
  )
}

/** After navigation, focuses the main part and scrolls to the top, as a full page load would. */
function useFocusOnArrival(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const previous = useRef(path)
  useEffect(() => {
    if (previous.current === path) return
    previous.current = path
    main.current?.focus({ preventScroll: true })
    if (location.hash === '') window.scrollTo(0, 0)
  }, [path])
  return main
}
