import * as z from 'zod'
import { ApiError } from '../simulation/api-error.ts'

/** A whole number from 1 to 1000. */
export const limitSchema = z
  .string()
  .regex(/^\d{1,4}$/, 'Input should be a valid integer')
  .transform(Number)
  .pipe(z.number().min(1).max(1000))
  .default(20)

export const flagSchema = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .default(false)

/**
 * The parameters of a query. Lists are spelled `name[]=a&name[]=b`. Throws `ApiError` 400 for an unknown, a repeated and an
 * invalid one.
 */
export function parametersOf<Schema extends z.ZodType>(query: URLSearchParams, schema: Schema): z.output<Schema> {
  const names = [...new Set(query.keys())]
  const values = names.map((name) => {
    const all = query.getAll(name)
    return [name, name.endsWith('[]') || all.length > 1 ? all : all[0]]
  })
  const parsed = schema.safeParse(Object.fromEntries(values))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ApiError(400, [issue?.path.join('.'), issue?.message].filter((text) => text !== '').join(': '))
}
