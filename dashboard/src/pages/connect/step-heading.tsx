import { useEffect, useRef } from 'react'
import classes from './connect-page.module.css'

/** A step's heading. Takes the focus when the step appears, so that it is read out and Tab goes on from there. */
export function StepHeading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h2 ref={heading} tabIndex={-1} className={classes.heading}>
      {children}
    </h2>
  )
}
