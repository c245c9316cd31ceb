const KIB = 1024
const MIB = 1024 * KIB

/** What a submission may cost. Everything is checked before or while it is read, never after. */
export const LIMITS = {
  fileBytes: 12 * MIB,
  /** JSON is read whole, and costs many times its size. */
  jsonBytes: 4 * MIB,
  /** Files inside an .xlsx or .docx. */
  parts: 2000,
  /** One of them, unpacked; a sheet of 5,000 rows takes about 5 MiB. */
  partBytes: 64 * MIB,
  /** All that are read, unpacked. */
  unpackedBytes: 96 * MIB,
  /** How many times its packed size a large part may take. Real sheets stay under 60. */
  ratio: 200,
  ratioFromBytes: 8 * MIB,
  xmlDepth: 200,
  sheets: 60,
  /** Rows with anything in them, over all sheets. */
  filledRows: 20_000,
  /** Rows of the table of services. */
  rows: 5000,
  columns: 100,
  /** Characters of a cell, as in Excel. */
  cell: 32_767,
  /** Characters of all cells. */
  text: 8 * MIB,
  merges: 20_000,
  /** Where the header may begin. */
  headerWithin: 60,
  /** Faults listed; the rest are counted. */
  messages: 1000,
} as const
