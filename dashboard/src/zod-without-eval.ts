import * as z from 'zod'

// zod compiles its parsers with `new Function` where it can; the content policy forbids that, and even the attempt is reported.
// Imported before the first schema is made.
z.config({ jitless: true })
