const GAP = /[\t\n\r ]*/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
/** Everything from the space on but quotes and backslashes. */
const SIGNS = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y
const CLOSINGS: Record<string, string> = { '{': '}', '[': ']' }

/** Where a text stops being JSON, for people: the sign there, its line and column from 1. Null for JSON. Source: RFC 8259. */
export function faultIn(json: string): string | null {
  const at = new Reader(json).read()
  if (at === null) return null
  const lines = json.slice(0, at).split('\n')
  const place = `line ${lines.length}, column ${lines.at(-1)!.length + 1}`
  if (at === json.length) return `it ends too early, at ${place}`
  return `${JSON.stringify(String.fromCodePoint(json.codePointAt(at)!))} is not expected at ${place}`
}

/** Goes through a text once, however deep it is nested. */
class Reader {
  readonly #json: string
  #at = 0

  constructor(json: string) {
    this.#json = json
  }

  /** The index of the first sign that JSON cannot have there; null when there is none. */
  read(): number | null {
    /** What closes each object and list that is open. */
    const open: string[] = []
    for (let isFirst = true; ; ) {
      this.#take(GAP)
      const closing = open.at(-1)
      if (closing === undefined && !isFirst) return this.#at === this.#json.length ? null : this.#at
      if (closing !== undefined && this.#sign(closing)) {
        open.pop()
        isFirst = false
        continue
      }
      if (!isFirst && !this.#sign(',')) return this.#at
      if (closing === '}' && !this.#key()) return this.#at
      this.#take(GAP)
      const opened = CLOSINGS[this.#here]
      if (opened !== undefined) {
        this.#at++
        open.push(opened)
      } else if (!(this.#here === '"' ? this.#text() : this.#take(SCALAR))) return this.#at
      isFirst = opened !== undefined
    }
  }

  get #here(): string {
    return this.#json[this.#at] ?? ''
  }

  #key(): boolean {
    this.#take(GAP)
    if (!this.#text()) return false
    this.#take(GAP)
    return this.#sign(':')
  }

  #text(): boolean {
    if (!this.#sign('"')) return false
    do this.#take(SIGNS)
    while (this.#take(ESCAPE))
    return this.#sign('"')
  }

  #sign(sign: string): boolean {
    if (this.#here !== sign) return false
    this.#at++
    return true
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#json)) return false
    this.#at = pattern.lastIndex
    return true
  }
}
