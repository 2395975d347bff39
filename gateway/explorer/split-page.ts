/** A part of a page that is served as a separate file. */
export interface Asset {
  readonly address: string
  readonly content: string
}

/**
 * Extracts the inline script and style sheet of a page, so that a content security policy can forbid inline scripts. Fails if the
 * library generates a page of another structure.
 */
export function splitPage(html: string, addressOf: (name: string, content: string) => string): { page: string; assets: readonly Asset[] } {
  const style = between(html, '<style>', html.indexOf('</style>'), 0)
  // The script contains tags in its strings, so it ends at the last closing tag.
  const script = between(html, '<script>', html.lastIndexOf('</script>'), style.end)
  const css = { address: addressOf('explorer.css', style.content), content: style.content }
  const js = { address: addressOf('explorer.js', script.content), content: script.content }
  const page =
    html.slice(0, style.start) +
    `<link rel="stylesheet" href="${css.address}">` +
    html.slice(style.end + '</style>'.length, script.start) +
    `<script src="${js.address}"></script>` +
    html.slice(script.end + '</script>'.length)
  if (/<script(?! src="\/)|\son[a-z]+=|javascript:/i.test(page)) throw new Error('The explorer page has scripts in unexpected places.')
  return { page, assets: [css, js] }
}

function between(html: string, opening: string, end: number, from: number): { content: string; start: number; end: number } {
  const start = html.indexOf(opening, from)
  if (start === -1 || end < start) throw new Error(`The explorer has no ${opening} where one is expected.`)
  return { content: html.slice(start + opening.length, end), start, end }
}
