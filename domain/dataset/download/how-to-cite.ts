/** A dataset of an archive, to be cited. */
export interface Cited {
  readonly title: string
  /** The archive's domain. */
  readonly publisher: string
}

/** How to cite a dataset or a part of it, in text. */
export function howToCite(
  { title, publisher }: Cited,
  { part, asOf, url }: { readonly part: string; readonly asOf: Date | undefined; readonly url: string },
): string {
  const year = asOf === undefined ? '' : ` (${asOf.getUTCFullYear()})`
  const when = asOf === undefined ? '' : `as of ${asOf.toISOString()}`
  const which = [part, when].filter(Boolean).join(', ')
  return `${title}${year}. ${which === '' ? '' : `${which.charAt(0).toUpperCase()}${which.slice(1)}. `}${publisher}. ${url}`
}
