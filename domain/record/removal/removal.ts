import { isJsonObject, type Json } from '@strata/domain/shared'
import { isRecordId } from '../record.ts'

/** A removal, as the storage's log has it: what it takes to make it again. Nothing of the record's content. */
export interface Removal {
  /** Of the withdrawal. */
  readonly id: string
  /** The id of the record. */
  readonly record: string
  readonly reason: string
  readonly actor: string
  readonly at: string
}

const format = 'strata-removal/1'

export function printRemoval({ id, record, reason, actor, at }: Removal): string {
  return `${JSON.stringify({ format, id, record, reason, actor, at }, undefined, 2)}\n`
}

export function parseRemoval(id: string, text: string): Removal {
  const value = parsed(text)
  if (value !== undefined && isJsonObject(value) && value['format'] === format && value['id'] === id) {
    const { record, reason, actor, at } = value
    const isWhole = typeof record === 'string' && isRecordId(record) && typeof reason === 'string' && typeof actor === 'string'
    if (isWhole && typeof at === 'string') return { id, record, reason, actor, at }
  }
  throw new Error(`The entry ${id} in the storage's log of removals is damaged, so its record cannot be removed again.`)
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
