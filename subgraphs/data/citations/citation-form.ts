import type { DownloadFormat } from '@strata/domain/dataset'

export type CitationForm = 'json' | 'text' | 'bibtex' | 'csl'

/** Endings, longest first: `.csl.json` ends in `.json` too. */
export const citationEndings: readonly (readonly [ending: string, form: CitationForm | DownloadFormat])[] = [
  ['.csl.json', 'csl'],
  ['.parquet', 'parquet'],
  ['.csv.gz', 'csv.gz'],
  ['.jsonl', 'jsonl'],
  ['.json', 'json'],
  ['.txt', 'text'],
  ['.bib', 'bibtex'],
  ['.csv', 'csv'],
]

/** What an address below /cite/ names: a citation, and in which form when it says so. No id ends like one of these. */
export function parseCitationName(name: string): { readonly id: string; readonly form: CitationForm | DownloadFormat | undefined } {
  const found = citationEndings.find(([ending]) => name.endsWith(ending))
  return found === undefined ? { id: name, form: undefined } : { id: name.slice(0, -found[0].length), form: found[1] }
}

/** By what the caller prefers; JSON when it does not say. */
export function chooseForm(accept: string | undefined): CitationForm {
  const ranges = (accept ?? '').split(',').map((range, place) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1)
    return { form: forms.get(type), quality: Number.isNaN(quality) ? 0 : quality, place }
  })
  const best = ranges
    .filter(({ form, quality }) => form !== undefined && quality > 0)
    .toSorted((a, b) => b.quality - a.quality || a.place - b.place)
  return best[0]?.form ?? 'json'
}

const forms: ReadonlyMap<string, CitationForm> = new Map([
  ['application/json', 'json'],
  ['*/*', 'json'],
  ['text/plain', 'text'],
  ['application/x-bibtex', 'bibtex'],
  ['text/x-bibtex', 'bibtex'],
  ['application/vnd.citationstyles.csl+json', 'csl'],
])
