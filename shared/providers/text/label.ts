import * as z from 'zod'
import { withoutUnseen } from '../../domain/unseen-characters.ts'
import { withoutKeys } from './without-keys.ts'

/**
 * A text by people, such as a name or an address, that can be absent. What looks like a key in it does not pass, nor do characters that
 * nobody sees, which could turn or hide what is shown around it.
 */
export const label = z
  .string()
  .nullish()
  .transform((written) => (written && withoutUnseen(withoutKeys(written)).trim()) || null)
