import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as z from 'zod'
import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(z.string(), z.object({ content: z.record(z.string(), z.unknown()).optional() })),
      }),
    ),
  ),
})

const DOCUMENT = 'openapi'
const document = createOpenApiDocument('0.0.0')
const { paths } = documentSchema.parse(document)
// The document is checked by its own lint test, so a quickly compiled validator is sufficient here.
const SPARED = { meta: false, validateSchema: false, inlineRefs: false, code: { optimize: false } } as const
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, ...SPARED })
ajv.addSchema({ $id: DOCUMENT, ...document })
const validators = new Map<string, ValidateFunction>()

/** An answer as it came over the wire. `body`: JSON that was parsed, or a text; undefined without one. */
export interface WireAnswer {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly contentType: string | undefined
  readonly body: unknown
}

/**
 * Throws unless the OpenAPI document has this answer: path, method, status, content type and shape. For unknown paths
 * and methods the answer must still be a problem.
 */
export function checkAnswer({ method, path, status, contentType, body }: WireAnswer): void {
  const template = templateOf(path)
  const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()]
  if (template === undefined || operation === undefined) {
    check([404, 405, 403, 401].includes(status), `${method} ${path} is not in the document, and answered ${status}`)
    return matchProblem(body)
  }
  const response = operation.responses[`${status}`]
  check(response !== undefined, `${method} ${template} answered ${status}, which the document does not have`)
  const type = contentType?.split(';')[0]?.trim()
  if (response?.content === undefined) {
    return check(body === undefined, `${method} ${template} answered ${status} with a body`)
  }
  check(type !== undefined && type in response.content, `${method} ${template} answered ${status} as ${type}`)
  const place = [template, method.toLowerCase(), 'responses', `${status}`, 'content', type ?? ''].map(pointer)
  match(`${DOCUMENT}#/paths/${place.slice(0, 2).join('/')}/${place.slice(2).join('/')}/schema`, body)
}

/** The document's path for a real one. If several match, the one with the fewest parameters. */
function templateOf(path: string): string | undefined {
  const segments = path.replace(/\/$/, '').split('/')
  const matching = Object.keys(paths).filter((template) => {
    const expected = template.split('/')
    return (
      expected.length === segments.length &&
      expected.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
    )
  })
  return matching.toSorted((left, right) => left.split('{').length - right.split('{').length)[0]
}

function matchProblem(body: unknown): void {
  match(`${DOCUMENT}#/components/schemas/Problem`, body)
}

function match(reference: string, body: unknown): void {
  let validate = validators.get(reference)
  if (validate === undefined) validators.set(reference, (validate = ajv.compile({ $ref: reference })))
  if (validate(body)) return
  throw new Error(`An answer is not as ${reference} says: ${ajv.errorsText(validate.errors)}`)
}

function check(isTrue: boolean, message: string): void {
  if (!isTrue) throw new Error(message)
}

/** A part of a JSON pointer in the fragment of an address. */
function pointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
