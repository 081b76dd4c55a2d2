/** Stands for the data set in the name of a summary. No data set has this id. */
export const SUMMARY = 'summary'

/** The name of a snapshot: its data set, and the run of a sync that wrote it. */
export function generationOf(dataSet: string, run: string): string {
  return `${dataSet}.${run}`
}

/** The parts of a snapshot's name. */
export function splitGeneration(generation: string): { readonly dataSet: string; readonly run: string } {
  const place = generation.indexOf('.')
  return { dataSet: generation.slice(0, place), run: generation.slice(place + 1) }
}
