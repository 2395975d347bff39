import { createHash } from 'node:crypto'
import { fileAddress, recordSrn, type RecordFile, type Withdrawal } from '@strata/domain/record'
import type { Json, Srn } from '@strata/domain/shared'
import type { ShownRecord } from './record-document.ts'

const style = `
:root { color-scheme: light dark }
body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; background: light-dark(#fafaf8, #16181a); color: light-dark(#22262a, #e4e6e8) }
main { max-width: 48rem; margin: 0 auto; padding: 2rem }
h1 { font-size: 1.3rem; font-weight: 600; margin: 0 0 .25rem; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; font-weight: 600; margin: 2rem 0 .5rem }
a { color: light-dark(#0b57a4, #8fc1f5) }
.quiet { color: light-dark(#5a6068, #a4abb3); margin: 0 0 1.5rem }
.notice { margin: 0 0 1.5rem; padding: 1rem 1.25rem; border-left: .4rem solid light-dark(#b3261e, #f2726a); border-radius: .3rem; background: light-dark(#fdeceb, #3b1d1b) }
.notice strong { display: block; font-size: 1.15rem }
.notice p { margin: .35rem 0 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid light-dark(#dddcd8, #33383d); overflow-wrap: anywhere }
th { font-weight: 600; white-space: nowrap; width: 1% }
`

export const recordPagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** What the address of a record shows to people. It runs nothing and loads nothing. */
export function recordPage(shown: ShownRecord, domain: string): string {
  const { record, withdrawn } = shown
  const srn = recordSrn(domain, record)
  const isRemoved = withdrawn?.kind === 'REMOVED'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${withdrawn === undefined ? '' : `${withdrawn.kind}: `}${escape(srn)}</title>
<style>${style}</style>
</head>
<body>
<main>
${withdrawn === undefined ? '' : notice(withdrawn)}
<h1>${escape(srn)}</h1>
<p class="quiet">Version ${record.version} of ${shown.versions.length}, in ${escape(record.convention)}, published ${time(record.publishedAt)}${record.note === undefined ? '' : `. ${escape(record.note)}`}</p>
${isRemoved ? '' : content(shown, srn)}
${shown.versions.length < 2 ? '' : versions(shown, domain)}
</main>
</body>
</html>
`
}

function notice({ kind, reason, at, by }: Withdrawal): string {
  const what =
    kind === 'REMOVED'
      ? 'This record was removed. Its content was erased, and only this notice stays.'
      : 'This record was retracted. Its content below stays readable, but does not count any more: do not build on it.'
  return `<div class="notice" role="alert"><strong>${kind === 'REMOVED' ? 'Removed' : 'Retracted'}</strong>
<p>${what}</p>
<p>Reason: ${escape(reason)}</p>
<p>${time(at)}, by ${escape(by)}</p></div>`
}

function content({ record, files }: ShownRecord, srn: Srn): string {
  const fields = Object.entries(record.metadata).map(
    ([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(shownValue(value))}</td></tr>`,
  )
  return `<h2>Metadata</h2>
<table>${fields.join('\n')}</table>
${files.length === 0 ? '' : `<h2>Files</h2>\n<table>${files.map((file) => fileRow(srn, file)).join('\n')}</table>`}`
}

function fileRow(srn: Srn, { name, size, digest }: RecordFile): string {
  return `<tr><th scope="row"><a href="${escape(fileAddress(srn, name, undefined))}">${escape(name)}</a></th><td>${size} bytes</td><td>${escape(digest)}</td></tr>`
}

function versions({ versions: all }: ShownRecord, domain: string): string {
  const rows = all.map((version) => {
    const srn = recordSrn(domain, version)
    return `<tr><th scope="row"><a href="/records/${escape(srn)}">Version ${version.version}</a></th><td>${time(version.publishedAt)}</td><td>${escape(version.note ?? '')}</td></tr>`
  })
  return `<h2>Versions</h2>\n<table>${rows.join('\n')}</table>`
}

function shownValue(value: Json): string {
  if (Array.isArray(value)) return value.map(shownValue).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function time(at: Date): string {
  const iso = at.toISOString()
  return `<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

/** Metadata, names and reasons are other people's text. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
