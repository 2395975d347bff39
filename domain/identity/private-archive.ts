/** The answer to callers without a token in a private archive. */
export const privateArchive = 'This archive is private; send a token as "Authorization: Bearer …".'
