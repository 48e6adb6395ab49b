import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { join } from 'node:path'

const TRIPLES: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' }
/** Debian's `libfaketime`; programs that ask the system without libc, as the engine's server, keep the true time. */
const LIBRARY = `/usr/lib/${TRIPLES[arch()]}-linux-gnu/faketime/libfaketimeMT.so.1`

/** The clock of the processes that are started with its `env`: it can be set; without the library it cannot. */
export class Clock {
  readonly canJump = existsSync(LIBRARY)
  readonly #folder = mkdtempSync(join(tmpdir(), 'tidings-clock-'))

  constructor() {
    this.set(0)
  }

  get env(): Record<string, string> {
    if (!this.canJump) return {}
    return {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    }
  }

  /** Within a second it is so many seconds ahead of the true time, or behind it. */
  set(seconds: number): void {
    // a file that is half written would be read as no time at all
    writeFileSync(`${this.#file}.next`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
    renameSync(`${this.#file}.next`, this.#file)
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get #file(): string {
    return join(this.#folder, 'clock')
  }
}
