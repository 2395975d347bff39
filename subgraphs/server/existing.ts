/** A row that a foreign key promises. Its absence is a bug, never the caller's fault. */
export function existing<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new Error(`the ${what} that a row points at is missing`)
  return row
}
