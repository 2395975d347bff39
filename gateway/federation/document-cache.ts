import { parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'

/**
 * Caches parsed and validated operations by text. The gateway sends the same few texts repeatedly, and checking one costs more than
 * running it.
 */
export function createDocumentCache(schema: GraphQLSchema): { get(query: string): DocumentNode } {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: 16 * 1024 * 1024,
    // A parsed document is about ten times as large as its text.
    sizeCalculation: (_document, query) => 10 * query.length + 1,
  })
  return {
    get(query) {
      const known = documents.get(query)
      if (known) return known
      const document = parse(query, { noLocation: true })
      const [fault] = validate(schema, document)
      // A scalar of this subgraph refuses a literal. Its input path is derived from the error's place in the text.
      if (fault?.extensions['isUnreadable'] === true) throw validate(schema, parse(query))[0] ?? fault
      if (fault) throw new Error(`The operation does not fit the subgraph's schema: ${fault.message}`)
      documents.set(query, document)
      return document
    },
  }
}
