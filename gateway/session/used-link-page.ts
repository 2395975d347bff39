import { createHash } from 'node:crypto'

const style = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.6 system-ui, sans-serif; background: light-dark(#fafaf8, #16181a); color: light-dark(#22262a, #e4e6e8) }
main { max-width: 34rem; padding: 2rem }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0 0 .75rem }
code { font: .95em ui-monospace, monospace; padding: .15em .4em; border-radius: .3em; background: light-dark(#ececea, #24282c) }
`

/** Shown when a link is not valid any more. Loads no other resources. */
export const usedLinkPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>This link is not valid any more</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This link is not valid any more</h1>
<p>A sign-in link works once, within ten minutes. This one was used already, is too old, or belongs to an earlier start of the node.</p>
<p>For a new one, run <code>npm start -- sign-in</code> on the machine where the node runs.</p>
<p><a href="/">Continue without signing in</a></p>
</main>
</body>
</html>
`

export const usedLinkPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
