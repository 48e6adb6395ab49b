import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SIZE_MB = 1_500

/** A small disk in memory that can be filled; where mounting is not allowed, a folder that cannot. */
export class Disk {
  readonly folder: string
  readonly canFill: boolean

  private constructor(folder: string, canFill: boolean) {
    this.folder = folder
    this.canFill = canFill
  }

  static async open(): Promise<Disk> {
    const folder = mkdtempSync(join(tmpdir(), 'tidings-faults-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'tmpfs', folder], { stdio: 'ignore' })
      return new Disk(folder, true)
    } catch {
      return new Disk(folder, false)
    }
  }

  /** Takes all that is free. */
  fill(): void {
    const { bavail, bsize } = statfsSync(this.folder)
    const chunk = Buffer.alloc(1024 * 1024)
    const chunks = Array(Math.floor((bavail * bsize) / chunk.length)).fill(chunk)
    try {
      writeFileSync(this.#ballast, Buffer.concat(chunks))
      writeFileSync(`${this.#ballast}.rest`, chunk)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }

  free(): void {
    for (const file of [this.#ballast, `${this.#ballast}.rest`]) rmSync(file, { force: true })
  }

  async close(): Promise<void> {
    if (this.canFill) execFileSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }

  get #ballast(): string {
    return join(this.folder, 'ballast')
  }
}
