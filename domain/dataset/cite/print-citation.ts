import { recordSrn } from '@strata/domain/record'
import type { Json } from '@strata/domain/shared'
import { howToCite } from '../download/how-to-cite.ts'
import type { Citation } from './citation.ts'

/** Where a citation can be opened. */
export interface Place {
  /** The archive's domain: the archive is named as author and publisher, because it knows no other author. */
  readonly domain: string
  /** The archive's public address; without it, the citation's address is relative. */
  readonly publicUrl: string | undefined
}

export function citationUrl({ id }: Pick<Citation, 'id'>, { publicUrl }: Pick<Place, 'publicUrl'>): string {
  // Colons and at signs need no escape in a path.
  const path = `/cite/${encodeURIComponent(id).replaceAll('%3A', ':').replaceAll('%40', '@')}`
  return publicUrl === undefined ? path : `${publicUrl.replace(/\/$/, '')}${path}`
}

/** As a line in a list of references: title, year and time of the data, archive, address. */
export function citationText(citation: Citation, place: Place): string {
  return howToCite(
    { title: citation.title, publisher: place.domain },
    { part: partOf(citation, place), asOf: citation.asOf, url: citationUrl(citation, place) },
  )
}

export function citationBibtex(citation: Citation, place: Place): string {
  const { title, asOf } = citation
  const fields = [
    ['author', `{${escapeTex(place.domain)}}`],
    ['title', `{${escapeTex(title)}}`],
    ['year', String(asOf.getUTCFullYear())],
    ['version', asOf.toISOString()],
    ['publisher', escapeTex(place.domain)],
    ['note', escapeTex([partOf(citation, place), madeBy(citation)].filter(Boolean).join('. '))],
    ['url', citationUrl(citation, place)],
  ].filter(([, value]) => value !== '')
  return `@misc{${keyOf(citation)},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}\n`
}

/** For reference managers: CSL-JSON. */
export function citationCsl(citation: Citation, place: Place): Json {
  const { asOf, title } = citation
  return {
    id: keyOf(citation),
    type: 'dataset',
    title,
    author: [{ literal: place.domain }],
    issued: { 'date-parts': [[asOf.getUTCFullYear(), asOf.getUTCMonth() + 1, asOf.getUTCDate()]] },
    version: asOf.toISOString(),
    publisher: place.domain,
    URL: citationUrl(citation, place),
    ...(partOf(citation, place) === '' ? {} : { note: partOf(citation, place) }),
  }
}

function partOf({ of }: Citation, { domain }: Place): string {
  switch (of.kind) {
    case 'dataset':
      return ''
    case 'record':
      return `Record ${recordSrn(domain, of)}`
    case 'selection': {
      const rows = of.rowCount === 1n ? '1 row' : `${of.rowCount.toLocaleString('en')} rows`
      const release = of.release === undefined ? '' : ` of release ${of.release}`
      return `Table "${of.table}", ${of.filter === null ? `all ${rows}${release}` : `a selection of ${rows}${release}`}`
    }
  }
}

function madeBy({ of }: Citation): string {
  if (of.kind !== 'selection' || of.releases.length === 0) return ''
  return `Made by ${of.releases.map(({ hook, version, digest }) => `${hook} ${version} (${digest.slice(0, 'sha256:'.length + 12)})`).join(', ')}`
}

function keyOf({ convention, asOf, of, id }: Citation): string {
  const last = of.kind === 'selection' ? id : of.kind === 'record' ? of.record.slice(-12) : asOf.toISOString().slice(0, 10)
  return `${convention}-${last}`
}

const texEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

function escapeTex(text: string): string {
  return text.replaceAll(/[\\{}%&$#_~^]/g, (character) => texEscapes[character] ?? character).replaceAll(/\s+/g, ' ')
}
