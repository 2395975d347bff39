/** The library comes without types; this is all that is used of it. */
declare module 'jsonld' {
  interface Options {
    readonly documentLoader: (url: string) => Promise<{ documentUrl: string; contextUrl: undefined; document: unknown }>
    readonly base: string
    readonly safe: boolean
    readonly format: 'application/n-quads'
  }
  const jsonld: { toRDF(document: unknown, options: Options): Promise<string> }
  export default jsonld
}
