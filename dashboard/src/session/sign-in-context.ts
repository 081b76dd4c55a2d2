import { createContext } from 'react'

/** How to sign out; undefined where nobody signs in. */
export const SignOutContext = createContext<(() => void) | undefined>(undefined)
