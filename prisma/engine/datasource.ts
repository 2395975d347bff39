/** Only commands that look at a database need its address; generating and formatting must work without one. */
export function datasource(): { datasource?: { url: string } } {
  const url = process.env['DATABASE_URL']
  return url === undefined ? {} : { datasource: { url } }
}
