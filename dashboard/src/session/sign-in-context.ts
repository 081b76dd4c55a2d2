import { createContext } from 'react'

/** Signs out. Undefined without sign-in. */
export const SignOutContext = createContext<(() => void) | undefined>(undefined)
