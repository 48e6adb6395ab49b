/** Every loop, list, text and retry of the product ends at one of these. */

/** Changes, orders or messages in one statement; the largest batch, cohort and release step. */
export const COHORT_MAX = 500
/** Orders or customers one look at a place releases before it looks again. */
export const RELEASE_MAX = 10_000
/** How often a move may cause a further move before the chain is refused. Source: design, one-way flow. */
export const CHAIN_DEPTH_MAX = 8
/** A cause older than this starts a new chain, in milliseconds. */
export const CHAIN_MEMORY_MS = 24 * 3_600_000
/** A source may tell a time at most this far ahead of our clock, in milliseconds. */
export const FUTURE_MAX_MS = 5 * 60_000
/** The earliest time that is taken in, in epoch ms: the year 1, as the database reads none before it. */
export const TIME_MIN_MS = Date.parse('0001-01-01T00:00:00Z')
/** Steps of one campaign. */
export const NODES_MAX = 200
/** Characters of a step's own title. */
export const STEP_TITLE_MAX = 80
/** Characters of the note on a step. */
export const NOTE_MAX = 2_000
/** Parts of one text, counted after its variables are filled in. */
export const SMS_PARTS_MAX = 8
/** Characters of a template. Source: S0-27. */
export const TEMPLATE_MAX = 5_000
/** Statuses of one type that are put in order. */
export const STATUSES_MAX = 1_000
/** Events of one request. */
export const EVENTS_MAX = 500
/** Bytes of one request body. */
export const BODY_MAX_BYTES = 1024 * 1024
/** Rows of one page of a list. */
export const PAGE_MAX = 200
/** Conditions of one filter, groups included. */
export const CONDITIONS_MAX = 100
/** Segments that one filter looks at; each is worked out for the step. */
export const FILTER_SEGMENTS_MAX = 8
/** Conditions of one segment that look at its customers' orders; each reads their history once. */
export const SEGMENT_METRICS_MAX = 20
/** Statuses that one such condition names. */
export const METRIC_STATUSES_MAX = 200
/** Segments of one workspace. */
export const SEGMENTS_MAX = 200
/** Characters of a segment's name. */
export const SEGMENT_NAME_MAX = 80
/** Customers shown of a segment, as examples. */
export const SAMPLES_MAX = 5
/** Customers found by one search. */
export const CUSTOMERS_FOUND_MAX = 20
/** Starts of one cohort or batch after which it is put aside as stuck. */
export const ATTEMPTS_MAX = 5
/** Queues of the ledger that are sent side by side. An order's texts stay in one. */
export const SEND_SHARDS = 4
/** Shop bodies processed in one transaction. */
export const INBOUND_MAX = 200
/** Orders that one request names by their numbers. */
export const NUMBERS_MAX = 500
/** Orders that one request moves where it means all that a list shows; its answer tells where to go on. */
export const MOVE_ALL_MAX = 5_000
/** Characters of a status's name. */
export const STATUS_NAME_MAX = 80
/** Characters of a word for a group in a list that is imported. */
export const IMPORT_WORD_MAX = 200
/** Statuses of one list that is imported. */
export const IMPORT_ROWS_MAX = 1_000
/** Words of one shop that are given a meaning. */
export const MAP_MAX = 100
/** Texts that one order may get without anybody's doing before the check of the statuses calls it a storm. */
export const STORM_TEXTS_MAX = 5
/** How long a status may stand unused before the check says that nothing leads to it, in milliseconds. */
export const UNREACHED_AFTER_MS = 14 * 24 * 3_600_000
