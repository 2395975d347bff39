/** The initial query in the explorer. */
export const defaultQuery = `# Ask this archive what it holds. Run it with Ctrl-Enter (Cmd-Enter on a Mac).
#
# Reading needs no token. To change something, put one under "Headers" below:
#   { "Authorization": "Bearer …" }

query Conventions {
  conventions(first: 10) {
    totalCount
    nodes {
      slug
      title
      description
    }
  }
}
`
