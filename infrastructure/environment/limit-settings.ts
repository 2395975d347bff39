import { oneOf, setting, text, whole } from './setting.ts'

/** The limits for one request and one caller. docs/limits.md says what a caller sees of each. */
export const limitSettings = {
  STRATA_MAX_QUERY: setting({ about: 'The longest GraphQL document, in characters.', ...whole(1_000, 10_000_000), fallback: '100000' }),
  STRATA_MAX_TOKENS: setting({ about: 'The most tokens a GraphQL document may have.', ...whole(100, 1_000_000), fallback: '10000' }),
  STRATA_MAX_DEPTH: setting({ about: 'The maximum depth of a query’s selections.', ...whole(2, 100), fallback: '15' }),
  STRATA_MAX_ALIASES: setting({
    about: 'The most aliases a query may use, those in fragments counted at each spread.',
    ...whole(0, 10_000),
    fallback: '100',
  }),
  STRATA_MAX_ROOT_FIELDS: setting({
    about: 'The most root fields of an operation.',
    ...whole(1, 1_000),
    fallback: '20',
  }),
  STRATA_MAX_DIRECTIVES: setting({ about: 'The most directives a GraphQL document may use.', ...whole(0, 10_000), fallback: '50' }),
  STRATA_MAX_FIELDS: setting({
    about: 'The most fields a query may select, those in fragments counted at each spread.',
    ...whole(10, 100_000),
    fallback: '2000',
  }),
  STRATA_MAX_COST: setting({
    about: 'The most objects an operation may ask for, by the sizes of its pages and the bounds of its lists.',
    ...whole(100, 100_000_000),
    fallback: '50000',
  }),
  STRATA_COST_AT_ONCE: setting({
    about: 'The total cost of operations that run at once; others wait.',
    ...whole(100, 100_000_000),
    fallback: '20000',
  }),
  STRATA_MAX_WAITING: setting({
    about: 'How many operations may wait; half of them may be of one caller.',
    ...whole(2, 100_000),
    fallback: '200',
  }),
  STRATA_MAX_ANSWER: setting({ about: 'The largest answer to a query, in bytes.', ...whole(10_000, 1_000_000_000), fallback: '4194304' }),
  STRATA_MAX_ANSWER_VALUES: setting({
    about: 'The most values in the answer to a query; at most two fifths as many rows may be read for it.',
    ...whole(1_000, 100_000_000),
    fallback: '30000',
  }),
  STRATA_MAX_READ: setting({
    about: 'How many bytes of rows may be read for one query.',
    ...whole(100_000, 10_000_000_000),
    fallback: '67108864',
  }),
  STRATA_MAX_INTROSPECTION_DEPTH: setting({
    about: 'The maximum depth of an introspection query.',
    ...whole(2, 100),
    fallback: '20',
  }),
  STRATA_QUERY_DEADLINE: setting({ about: 'How long a query may take, in milliseconds.', ...whole(100, 3_600_000), fallback: '30000' }),
  STRATA_MUTATION_DEADLINE: setting({
    about: 'How long a mutation may take, in milliseconds.',
    ...whole(100, 3_600_000),
    fallback: '300000',
  }),
  STRATA_RECEIVE_DEADLINE: setting({
    about: 'How long the body of a GraphQL request may take to arrive, in milliseconds.',
    ...whole(100, 3_600_000),
    fallback: '30000',
  }),
  STRATA_HEADERS_DEADLINE: setting({
    about: 'How long the headers of a request may take to arrive, in milliseconds.',
    ...whole(100, 600_000),
    fallback: '10000',
  }),
  STRATA_SILENCE_DEADLINE: setting({
    about: 'How long a client may make no progress in reading its answer or sending a file, in milliseconds.',
    ...whole(100, 3_600_000),
    fallback: '120000',
  }),
  STRATA_MAX_CONNECTIONS: setting({ about: 'The most connections that are open at once.', ...whole(10, 1_000_000), fallback: '5000' }),
  STRATA_CONNECTIONS_PER_ADDRESS: setting({
    about:
      'The most connections open at once from one network address; 0 is no limit. By default it is 200, and callers on this machine are not counted unless STRATA_PUBLIC_URL is set.',
    ...whole(0, 1_000_000),
  }),
  DATABASE_QUERY_TIMEOUT: setting({
    about: 'How long one statement outside a transaction may run, in milliseconds; 0 is no limit.',
    ...whole(0, 3_600_000),
    fallback: '20000',
  }),
  DATABASE_COUNT_TIMEOUT: setting({
    about: 'How long counting filtered rows may take, in milliseconds; 0 is the limit of any other statement.',
    ...whole(0, 3_600_000),
    fallback: '5000',
  }),
  STRATA_READS_PER_CALLER: setting({
    about: 'How many database queries on datasets may run at once for one caller. By default, about half of the connections for reading.',
    ...whole(1, 200),
  }),
  DATABASE_TRANSACTION_TIMEOUT: setting({
    about: 'How long one statement of a transaction (an import, a deploy) may run, in milliseconds; 0 is no limit.',
    ...whole(0, 36_000_000),
    fallback: '300000',
  }),
  STRATA_RATE_PER_ADDRESS: setting({
    about:
      'Requests per minute from one network address; 0 is no limit. By default it is 3000, and callers on this machine are not counted unless STRATA_PUBLIC_URL is set.',
    ...whole(0, 10_000_000),
  }),
  STRATA_RATE_PER_CALLER: setting({
    about:
      'Requests per minute of one signed-in caller; 0 is no limit. By default it is 6000, and callers on this machine are not counted unless STRATA_PUBLIC_URL is set.',
    ...whole(0, 10_000_000),
  }),
  STRATA_TRUSTED_PROXIES: setting({
    about: 'The reverse proxies in front of this archive, whose X-Forwarded-For is trusted.',
    ...text('IP addresses or CIDR ranges, comma-separated', /^[0-9a-fA-F.:]+(\/\d{1,3})?(,[0-9a-fA-F.:]+(\/\d{1,3})?)*$/),
  }),
  STRATA_DOCUMENTS: setting({
    about: 'Which GraphQL documents may run: "any", or "only" those of the manifest.',
    ...oneOf('any', 'only'),
    fallback: 'any',
  }),
  STRATA_DOCUMENTS_MANIFEST: setting({
    about: 'A JSON file of GraphQL documents by their SHA-256, or a persisted query manifest as Apollo’s tools write it.',
    ...text('the path of a JSON file'),
  }),
} as const
