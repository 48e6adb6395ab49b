import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const CHUNK_BYTES = 1024 * 1024
/** The longest line a log may hold; longer means that the file is not ours. */
const LINE_BYTES_MAX = 1024 * 1024

/** A file of JSON lines that only grows. */
interface Log<T> {
  /** Resolves when the line has reached the file: what is answered after it survives a kill -9.
   *  All who wait share the next write. A disk that fails ends the process. */
  append(record: T): Promise<void>
  /** Waits for what is being written. */
  close(): Promise<void>
}

/** Tells `replay` the lines that stand in `path`, oldest first, a megabyte at a time, then opens it for appending.
 *  A last line torn by a kill is cut off: nobody was told of it. Throws when another line is not one of ours. */
export async function openLog<T extends { id: string }>(
  path: string,
  replay: (line: Line<T>) => void,
): Promise<Log<T>> {
  const file = await open(path, 'a', 0o600)
  const { size } = await file.stat()
  let wholeBytes = 0
  let torn: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const bytes: Buffer = torn.length > 0 ? Buffer.concat([torn, chunk]) : chunk
    // one character a byte: searched many times faster than bytes, and an id has no others
    const text = bytes.toString('latin1')
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      replay(new Line(path, bytes, text, start, end, size - wholeBytes - end))
      start = end + 1
    }
    wholeBytes += start
    torn = bytes.subarray(start)
    if (torn.length > LINE_BYTES_MAX) throw notOurs(path, torn.toString())
  }
  await file.truncate(wholeBytes)
  return appender(file)
}

/** A line that stands in a log; of use only while it is told. */
class Line<T> {
  /** Bytes of the file that follow: how far from its end the line stands. */
  readonly bytesAfter: number
  readonly #path: string
  readonly #bytes: Buffer
  readonly #text: string
  readonly #start: number
  readonly #end: number
  constructor(path: string, bytes: Buffer, text: string, start: number, end: number, bytesAfter: number) {
    this.#path = path
    this.#bytes = bytes
    this.#text = text
    this.#start = start
    this.#end = end
    this.bytesAfter = bytesAfter
  }

  /** The id alone; a tenth of the work of `read`. */
  get id(): string {
    // no value before the id can hold a quotation mark, so the first `"id":"` is the field
    const start = this.#text.indexOf('"id":"', this.#start) + 6
    if (start < 6 || start > this.#end) throw notOurs(this.#path, this.#text.slice(this.#start, this.#end))
    return this.#text.slice(start, this.#text.indexOf('"', start))
  }

  read(): T {
    const line = this.#bytes.toString('utf8', this.#start, this.#end)
    try {
      return JSON.parse(line)
    } catch {
      throw notOurs(this.#path, line)
    }
  }
}

const notOurs = (path: string, line: string): Error =>
  new Error(`${path} holds a line that is not its own; move the file away: ${line.slice(0, 80)}`)

function appender<T>(file: FileHandle): Log<T> {
  let waiting: { line: string; written: () => void }[] = []
  let writing: Promise<void> | undefined

  // a rejection here is nobody's to catch and ends the process: part of the group may stand in the file,
  // and whatever came after it would be glued to a torn line
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      // no fsync: once write(2) returned the kernel holds the bytes, and only a loss of power could take them
      await file.appendFile(group.map(({ line }) => line).join(''))
      for (const { written } of group) written()
    }
    writing = undefined
  }

  return {
    append: (record) =>
      new Promise((resolve) => {
        waiting.push({ line: `${JSON.stringify(record)}\n`, written: resolve })
        writing ??= write()
      }),
    async close() {
      await writing
      await file.close()
    },
  }
}
