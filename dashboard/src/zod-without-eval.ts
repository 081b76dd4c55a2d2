import * as z from 'zod'

// Turns off zod's compiled parsers. They use `new Function`, which the content policy refuses, and even the attempt is
// reported. Must be imported before the first schema is created.
z.config({ jitless: true })
