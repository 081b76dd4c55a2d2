import * as z from 'zod'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** An https address. With an AWS emulator, an address of this machine is accepted too. */
export function addressSchema(onEmulator: boolean): z.ZodType<string> {
  return z
    .string()
    .refine(
      (value) => isBaseUrl(value, onEmulator),
      onEmulator
        ? 'must be an https address (http only on this machine)'
        : 'must be an https address that AWS can reach',
    )
}

/** True for an https address without a user and a query; with an emulator, also for one of this machine. */
export function isBaseUrl(value: string, onEmulator: boolean): boolean {
  const url = URL.parse(value)
  if (url === null || url.username !== '' || url.search !== '') return false
  const isHere = LOOPBACK.has(url.hostname)
  if (isHere) return onEmulator && ['http:', 'https:'].includes(url.protocol)
  return url.protocol === 'https:'
}
