import { licenseAddress } from '@strata/domain/convention'
import type { DataColumn, DataTable } from '../dataset.ts'
import { downloadFormats } from '../download/download-format.ts'
import { tableAddress } from '../download/download-address.ts'
import type { DescribedDataset } from './described-dataset.ts'

/** Describes a dataset as text for people and language models: its contents, how to query it and how to download it. */
export function describeInWords({ dataset, title, description, license, docs, base }: DescribedDataset): string {
  const { convention, tables } = dataset
  return paragraphs(
    `# ${oneLine(title)}`,
    description === '' ? undefined : `> ${oneLine(description)}`,
    docs && `## Purpose\n\n${docs.purpose}`,
    docs?.whenNotToUse ? `## When not to use it\n\n${docs.whenNotToUse}` : undefined,
    docs && docs.examples.length > 0
      ? `## Questions it answers\n\n${docs.examples.map((one) => `- **${oneLine(one.question)}** Query: ${oneLine(one.query)}. How to read the answer: ${oneLine(one.interpretation)}`).join('\n')}`
      : undefined,
    `## Tables\n\nThe dataset's name is \`${convention}\`. A row of a hook's table was computed from one record; \`release\` and \`run\` say by which code.`,
    ...tables.map(tableInWords),
    queryInWords(convention, tables, base),
    downloadsInWords(convention, tables, base),
    `## Licence\n\n${licenseInWords(license)}`,
    `## Cite it\n\nEach download has a manifest with the text to cite, a checksum and the exact time of the data: add \`.meta.json\` to its address.`,
  )
}

/** All datasets of an archive, each with the address of its own description. */
export function listInWords(
  publisher: string,
  base: string,
  datasets: readonly { readonly convention: string; readonly title: string; readonly description: string }[],
): string {
  return paragraphs(
    `# ${publisher}`,
    '> An archive for scientific data in which every computed value names the exact release of the code that made it.',
    `Query it with GraphQL at ${base}/graphql, or download whole tables. ${base}/openapi.json describes everything else that it serves over HTTP.`,
    datasets.length === 0
      ? 'It has no datasets yet.'
      : `## Datasets\n\n${datasets.map((one) => `- [${oneLine(one.title)}](${base}/data/${one.convention}/llms.txt): ${oneLine(one.description)}`).join('\n')}`,
  )
}

function licenseInWords(license: string | undefined): string {
  if (license === undefined)
    return 'The terms of use of these data are not stated; ask the operator of the archive before you pass them on.'
  const address = licenseAddress(license)
  return `These data may be used under ${address === undefined || address === license ? license : `${license}, ${address}`}.`
}

function tableInWords({ name, columns, rowCount }: DataTable): string {
  const head = '| column | type | unit | meaning |\n|---|---|---|---|'
  return `### ${name}\n\n${rowCount.toLocaleString('en')} rows.\n\n${[head, ...columns.map(columnInWords)].join('\n')}`
}

function columnInWords({ name, type, listOf, unit, description, required }: DataColumn): string {
  const kind = listOf === undefined ? type : `list of ${listOf}`
  return `| \`${name}\` | ${kind}${required ? '' : ', may be missing'} | ${cell(unit)} | ${cell(description)} |`
}

function queryInWords(convention: string, [table]: readonly DataTable[], base: string): string {
  const name = table?.name ?? 'records'
  const column = table?.columns.find(({ type }) => type !== 'JSON')
  const order =
    column === undefined
      ? ''
      : `, orderBy: [{ column: "${column.name}", direction: DESC }], filter: { not: { isNull: { column: "${column.name}" } } }`
  return `## Ask

Send GraphQL as JSON, \`{"query": "…"}\`, to ${base}/graphql. For example:

\`\`\`graphql
{
  rows(convention: "${convention}", table: "${name}", first: 10${order}) {
    totalCount
    nodes { values record { srn } run { release { version sourceRef } } }
    pageInfo { hasNextPage endCursor }
  }
}
\`\`\`

A filter has one of all, any, not, eq, neq, lt, lte, gt, gte, in, contains, startsWith, isNull and search. \`records.<field>\` and
\`<hook>.<column>\` are columns of the other tables. \`aggregate\` and \`histogram\` count, group and measure.`
}

function downloadsInWords(convention: string, tables: readonly DataTable[], base: string): string {
  const list = tables.map(
    (table) =>
      `- ${table.name}: ${downloadFormats.map((format) => `[${format}](${base}${tableAddress(convention, table, format)})`).join(', ')}`,
  )
  return `## Download

${list.join('\n')}

Take \`filter\` (JSON as above), \`orderBy=column:desc\`, \`columns=a,b\`, \`asOf\` (a time, or a date for its end) and \`release\` (a version) as parameters.
In CSV, an empty cell without quotes is a missing value, and \`""\` an empty text. ${base}/data/${convention}/croissant.json describes the files to programs.`
}

function paragraphs(...parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`
}

/** Text from people must not end a line or a table cell. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function cell(text: string | undefined): string {
  return oneLine(text ?? '').replaceAll('|', '\\|')
}
