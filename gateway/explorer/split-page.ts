/** A part of a page that is served as a file of its own. */
export interface Asset {
  readonly address: string
  readonly content: string
}

/**
 * Takes the one inline script and the one style sheet out of a page, so that a content security policy can forbid inline
 * scripts. The library writes them in; a version of it that writes something else is refused instead of half-understood.
 */
export function splitPage(html: string, addressOf: (name: string, content: string) => string): { page: string; assets: readonly Asset[] } {
  const style = between(html, '<style>', html.indexOf('</style>'), 0)
  // The script mentions tags in its strings, so its end is the last one there is.
  const script = between(html, '<script>', html.lastIndexOf('</script>'), style.end)
  const css = { address: addressOf('explorer.css', style.content), content: style.content }
  const js = { address: addressOf('explorer.js', script.content), content: script.content }
  const page =
    html.slice(0, style.start) +
    `<link rel="stylesheet" href="${css.address}">` +
    html.slice(style.end + '</style>'.length, script.start) +
    `<script src="${js.address}"></script>` +
    html.slice(script.end + '</script>'.length)
  if (/<script(?! src="\/)|\son[a-z]+=|javascript:/i.test(page))
    throw new Error('The explorer has scripts in places that are not expected.')
  return { page, assets: [css, js] }
}

function between(html: string, opening: string, end: number, from: number): { content: string; start: number; end: number } {
  const start = html.indexOf(opening, from)
  if (start === -1 || end < start) throw new Error(`The explorer has no ${opening} where one is expected.`)
  return { content: html.slice(start + opening.length, end), start, end }
}
