/** What a caller is told of a subgraph that did not answer. */
export function unavailable(name: string): { message: string; extensions: { code: string } } {
  const message = `The part of this archive that serves ${name} is not available right now; try again in a moment.`
  return { message, extensions: { code: 'UNAVAILABLE' } }
}
