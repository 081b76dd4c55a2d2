import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'
import classes from './centered-card.module.css'

/** A page with one small card: sign-in, a missing token, an unknown address. */
export function CenteredCard({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo />
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
