import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type RawBuilder } from 'kysely'
import pg from 'pg'

/** A statement with its values as literals, because COPY takes no parameters. */
export function literalSql(statement: RawBuilder<unknown>): string {
  return statement.compile(writer).sql
}

/** Each value becomes a quoted literal of unknown type, like a parameter. */
class LiteralCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    this.append(literal(value))
  }
}

const writer = new Kysely<object>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new LiteralCompiler(),
  },
})

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return pg.escapeLiteral(arrayText(value))
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) throw new TypeError('PostgreSQL has no text with a NUL in it.')
      return pg.escapeLiteral(value)
    case 'number':
    case 'bigint':
    case 'boolean':
      return pg.escapeLiteral(String(value))
    default:
      if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
      throw new TypeError(`A ${typeof value} cannot be written into a statement.`)
  }
}

/** PostgreSQL's text format of an array. */
function arrayText(values: readonly unknown[]): string {
  const items = values.map((value) => (value === null ? 'NULL' : `"${String(value).replaceAll(/["\\]/g, '\\$&')}"`))
  return `{${items.join(',')}}`
}
