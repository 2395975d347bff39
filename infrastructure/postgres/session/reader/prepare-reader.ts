import type { Client } from 'pg'
import { waitForTurn } from '../migrate.ts'
import { singleClient } from '../outlive.ts'
import { DatabaseSetupError } from '../setup-error.ts'
import { grantReading } from './grant-reading.ts'
import { setReaderDefaults } from './set-reader-defaults.ts'
import { makeReader } from './make-reader.ts'
import { refuseReadingLess, refuseReadingMore, refuseWriting } from './refuse-unfit.ts'
import { requireSameDatabase } from './same-database.ts'

/**
 * Makes sure that the role of DATABASE_READ_URL can read everything that queries on data need, and nothing else. Runs at every start,
 * after the migrations, so that new tables are granted before the first read. Returns the role.
 */
export async function prepareReader(urls: { readonly url: string; readonly readUrl: string }): Promise<string> {
  const owner = singleClient({ connectionString: urls.url, application_name: 'strata grant' })
  await owner.connect()
  try {
    // Only one process at a time, and not while another one migrates.
    await waitForTurn(owner)
    await makeReader(owner, urls)
    const reader = await signIn(urls.readUrl)
    try {
      return await prepare(owner, reader)
    } finally {
      await reader.end()
    }
  } finally {
    // Closing the connection releases the lock.
    await owner.end()
  }
}

async function prepare(owner: Client, reader: Client): Promise<string> {
  const { rows } = await reader.query<{ role: string }>('select current_user as role')
  const role = rows[0]?.role ?? ''
  await requireSameDatabase(owner, reader)
  await refuseWriting(reader, role)
  await grantReading(owner, role).catch(unlessRefused)
  await refuseReadingMore(reader, role)
  await refuseReadingLess(reader, role)
  await setReaderDefaults(reader)
  return role
}

async function signIn(readUrl: string): Promise<Client> {
  const reader = singleClient({ connectionString: readUrl, application_name: 'strata grant' })
  try {
    await reader.connect()
    return reader
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new DatabaseSetupError(
      `DATABASE_READ_URL cannot be used: ${reason}. Its role must exist and be allowed to sign in to the database; docs/database.md says how to create one.`,
      { cause },
    )
  }
}

/** A role that owns nothing cannot grant, or only gets a warning. Missing rights are reported afterwards. */
function unlessRefused(fault: unknown): void {
  if (!(fault instanceof Error && 'code' in fault && fault.code === insufficientPrivilege)) throw fault
}

const insufficientPrivilege = '42501'
