/** What a caller without a token is told where reads are private. */
export const privateArchive = 'This archive is private; send a token as "Authorization: Bearer …".'
