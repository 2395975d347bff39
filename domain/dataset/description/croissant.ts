import { licenseAddress } from '@strata/domain/convention'
import type { ColumnType, Json, JsonObject } from '@strata/domain/shared'
import type { DataColumn, DataTable } from '../dataset.ts'
import { downloadFormats, mediaTypeOf } from '../download/download-format.ts'
import { tableAddress } from '../download/download-address.ts'
import { systemColumns } from '../download/download-columns.ts'
import { howToCite } from '../download/how-to-cite.ts'
import type { DescribedDataset } from './described-dataset.ts'

/** Croissant's JSON-LD context, copied from its specification: programs compare it literally. */
const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
}

/**
 * Describes a dataset in schema.org and Croissant 1.0. The dataset keeps growing, so its files have no checksums here; the
 * manifest of each download has one.
 */
export function croissant(described: DescribedDataset): Json {
  const { dataset, title, description, license, updatedAt, publisher, base } = described
  const url = `${base}/data/${dataset.convention}/croissant.json`
  return {
    '@context': context,
    '@type': 'sc:Dataset',
    '@id': url,
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    name: dataset.convention,
    alternateName: title,
    description: description === '' ? title : description,
    url,
    identifier: `${publisher}/${dataset.convention}`,
    ...(license === undefined ? {} : { license: licenseAddress(license) ?? { '@type': 'sc:CreativeWork', name: license } }),
    isAccessibleForFree: true,
    isLiveDataset: true,
    dateModified: updatedAt.toISOString(),
    publisher: { '@type': 'sc:Organization', name: publisher },
    includedInDataCatalog: { '@type': 'sc:DataCatalog', name: publisher, url: base },
    citeAs: howToCite(described, { part: '', asOf: undefined, url }),
    variableMeasured: dataset.tables.flatMap(({ columns }) => columns.filter(({ unit }) => unit !== undefined).map(variable)),
    distribution: dataset.tables.flatMap((table) =>
      downloadFormats.map((format): JsonObject => ({
        '@type': 'cr:FileObject',
        '@id': `${table.name}.${format}`,
        name: `${table.name}.${format}`,
        description: `All rows of "${table.name}".`,
        contentUrl: `${base}${tableAddress(dataset.convention, table, format)}`,
        encodingFormat: mediaTypeOf[format].split(';')[0] ?? '',
      })),
    ),
    recordSet: dataset.tables.map(recordSet),
  }
}

function recordSet(table: DataTable): JsonObject {
  const isOfRecords = table.name === 'records' || table.name.startsWith('records-')
  const columns = [...systemColumns({ kind: isOfRecords ? 'records' : 'hook' }), ...table.columns]
  const keys = isOfRecords ? ['_record'] : ['_run', '_record', '_ordinal']
  return {
    '@type': 'cr:RecordSet',
    '@id': table.name,
    name: table.name,
    description: isOfRecords ? 'One row for each record.' : `What the hook "${table.name}" computed of the records.`,
    key: keys.map((name) => ({ '@id': `${table.name}/${name}` })),
    field: columns.map((column) => field(table.name, column)),
  }
}

function field(table: string, { name, type, description, unit }: DataColumn): JsonObject {
  return {
    '@type': 'cr:Field',
    '@id': `${table}/${name}`,
    name,
    description: [description ?? name, unit === undefined ? undefined : `in ${unit}`].filter(Boolean).join(', '),
    dataType: dataTypes[type],
    source: { fileObject: { '@id': `${table}.csv` }, extract: { column: name } },
  }
}

function variable({ name, description, unit }: DataColumn): JsonObject {
  return {
    '@type': 'sc:PropertyValue',
    name,
    ...(description === undefined ? {} : { description }),
    ...(unit === undefined ? {} : { unitText: unit }),
  }
}

const dataTypes: Readonly<Record<ColumnType, string>> = {
  TEXT: 'sc:Text',
  NUMBER: 'sc:Float',
  INTEGER: 'sc:Integer',
  BOOLEAN: 'sc:Boolean',
  DATE: 'sc:Date',
  DATETIME: 'sc:DateTime',
  UUID: 'sc:Text',
  JSON: 'sc:Text',
}
