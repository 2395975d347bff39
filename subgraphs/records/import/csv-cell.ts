import type { SchemaField } from '@strata/domain/convention'
import type { Json } from '@strata/domain/shared'

/**
 * What a cell says, by its field: an empty one nothing, a list as JSON. Text that is not what its field wants stays text,
 * so that it is found wrong like any other value.
 */
export function readCell(cell: string, { type, cardinality }: SchemaField): Json {
  if (cell === '') return null
  if (cardinality === 'MANY') return readList(cell)
  switch (type) {
    case 'NUMBER':
    case 'INTEGER':
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(cell) ? Number(cell) : cell
    case 'BOOLEAN':
      return readBoolean(cell)
    case 'TEXT':
    case 'TERM':
    case 'URL':
    case 'DATE':
    case 'DATETIME':
      return cell
    default:
      return type satisfies never
  }
}

function readList(cell: string): Json {
  try {
    return JSON.parse(cell) as Json
  } catch {
    return cell
  }
}

function readBoolean(cell: string): Json {
  const text = cell.trim().toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : cell
}
