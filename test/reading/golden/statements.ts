import type { Database } from '@strata/infrastructure/postgres'
import { datasetQueries } from '@strata/infrastructure/postgres'
import { Kysely, PostgresDialect, type LogEvent } from 'kysely'

/** Dataset queries whose statements are written down as they are sent. */
export function recorded(database: Database) {
  const statements: string[] = []
  const log = ({ level, query }: LogEvent) => {
    if (level === 'query' && readsRows.test(query.sql)) statements.push(readable(query.sql, query.parameters))
  }
  const dialect = new PostgresDialect({ pool: database.pool })
  return { datasets: datasetQueries({ ...database, kysely: new Kysely({ dialect, log }) }), take: () => statements.splice(0) }
}

/** What was looked up to make a statement is not shown. */
const readsRows = /from "(metadata|features)"\./

/** A clause a line, the values in their places, and the columns of the table left out. */
function readable(sql: string, parameters: readonly unknown[]): string {
  const whole = sql
    .trim()
    .replaceAll(/\$(\d+)/g, (_, n) => valueOf(parameters[Number(n) - 1]))
    .replaceAll(/\s+/g, ' ')
    .replace(/^select "row"\."_record".*? from (?="(?:metadata|features)"\.)/, 'select … from ')
  return whole.split(/(?= (?:from|left join|where|and|group by|order by|limit) )/).reduce((text, clause) => {
    if (isWithin(text)) return text + clause
    return `${text}\n${clause.startsWith(' and ') ? '  ' : ''}${clause.trim()}`
  })
}

/** Within brackets, where a line stays one line. */
function isWithin(text: string): boolean {
  return text.split('(').length > text.split(')').length
}

function valueOf(parameter: unknown): string {
  if (Array.isArray(parameter)) return `[${parameter.map(valueOf).join(', ')}]`
  return typeof parameter === 'string' ? `'${parameter}'` : String(parameter)
}
