import { parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'

/**
 * Parsed and validated operations by their text. The gateway sends the same few texts again and again, and checking one
 * costs more than running it.
 */
export function createDocumentCache(schema: GraphQLSchema): { get(query: string): DocumentNode } {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: 16 * 1024 * 1024,
    // A document is an order of magnitude larger than its text.
    sizeCalculation: (_document, query) => 10 * query.length + 1,
  })
  return {
    get(query) {
      const known = documents.get(query)
      if (known) return known
      const document = parse(query, { noLocation: true })
      const [fault] = validate(schema, document)
      // A scalar of this subgraph cannot parse a literal. The subgraph names its input path, for which it needs the place in the text.
      if (fault?.extensions['isUnreadable'] === true) throw validate(schema, parse(query))[0] ?? fault
      if (fault) throw new Error(`The operation does not fit the subgraph's schema: ${fault.message}`)
      documents.set(query, document)
      return document
    },
  }
}
