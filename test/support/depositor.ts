import { expect } from 'vitest'
import type { TestArchive } from './archive.ts'
import type { Ask } from './graphql-client.ts'

const fields = `srn status metadata owner convention { slug } files { name size digest mediaType url }
  findings { hook kind field message } record { srn metadata }`

const queries = {
  creating: `mutation ($input: CreateDepositionInput!) { it: createDeposition(input: $input) { ${fields} } }`,
  updating: `mutation ($srn: SRN!, $metadata: JSON!) { it: updateDeposition(srn: $srn, metadata: $metadata) { ${fields} } }`,
  addingFile: `mutation ($srn: SRN!, $file: RecordFileInput!) { it: addDepositionFile(srn: $srn, file: $file) { ${fields} } }`,
  removingFile: `mutation ($srn: SRN!, $name: String!) { it: removeDepositionFile(srn: $srn, name: $name) { ${fields} } }`,
  submitting: `mutation ($srn: SRN!) { it: submitDeposition(srn: $srn) { ${fields} } }`,
  withdrawing: `mutation ($srn: SRN!) { it: withdrawDeposition(srn: $srn) { ${fields} } }`,
  reviewing: `mutation ($srn: SRN!, $decision: ReviewDecision!, $reason: String) {
    it: reviewDeposition(srn: $srn, decision: $decision, reason: $reason) { ${fields} } }`,
  seeing: `query ($srn: SRN!) { it: deposition(srn: $srn) { ${fields} } }`,
  listing: 'query ($status: DepositionStatus) { it: depositions(status: $status) { totalCount nodes { srn owner } } }',
}

type Variables = Record<string, unknown>
export type Depositor = Awaited<ReturnType<typeof depositorOn>>

/** A caller with a token, or without one, and the operations on depositions. */
export async function depositorOn(archive: TestArchive, token?: Parameters<TestArchive['as']>[0]) {
  const ask: Ask = await archive.as(token)
  const done = async (query: string, variables: Variables) => {
    const { data, errors } = await ask(query, variables)
    expect(errors).toEqual([])
    return data.it
  }
  /** Uploads content for a deposition. */
  const upload = async (content: string): Promise<{ digest: string; size: number }> => {
    const bearer = await archive.sign({ roles: ['DEPOSITOR'], ...token })
    const response = await fetch(new URL('/files', archive.url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'chemical/x-cif' },
      body: content,
    })
    expect(response.status).toBe(201)
    const { digest, size } = (await response.json()) as { digest: string; size: number }
    return { digest, size }
  }
  const see = (srn: string) => done(queries.seeing, { srn })
  return {
    ...queries,
    ask,
    see,
    create: (convention: string, metadata?: unknown) => done(queries.creating, { input: { convention, metadata } }),
    update: (srn: string, metadata: unknown) => done(queries.updating, { srn, metadata }),
    upload,
    addFile: async (srn: string, name: string, content: string) =>
      done(queries.addingFile, { srn, file: { name, ...(await upload(content)) } }),
    removeFile: (srn: string, name: string) => done(queries.removingFile, { srn, name }),
    submit: (srn: string) => done(queries.submitting, { srn }),
    withdraw: (srn: string) => done(queries.withdrawing, { srn }),
    review: (srn: string, decision: string, reason?: string) => done(queries.reviewing, { srn, decision, reason }),
    list: (status?: string) => done(queries.listing, { status }),
    /** Waits until a worker has moved the deposition to this status. */
    async until(srn: string, status: string) {
      await expect.poll(async () => (await see(srn)).status).toBe(status)
      return see(srn)
    },
    async refusal(query: string, variables: Variables) {
      const { errors } = await ask(query, variables)
      return { code: errors[0]?.extensions.code, field: errors[0]?.extensions.field, message: errors[0]?.message }
    },
  }
}
