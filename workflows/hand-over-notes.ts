import type { Answer } from '../db/hand-over.ts'
import type { HandOverWord } from '../db/hand-over-counts.ts'

/** What is known of a channel is said again after so long, in ms: another worker may have said otherwise meanwhile. */
const SAY_AGAIN_MS = 30_000

interface Note {
  handed: number
  failed: number
  /** What its gateway last did; null before it did anything. */
  failing: boolean | null
  reason: string | null
  /** What was last said of it, and when. */
  said: { failing: boolean; atMs: number } | null
}

/** What the senders of a process met at gateways, kept until it is written down: seldom, and for all channels at once. */
export class HandOverNotes {
  readonly #notes = new Map<string, Note>()

  /** A channel answered to a group of texts. It fails when it did not take all that it could take or refuse for good. */
  take(channelId: string, answers: readonly Answer[]): void {
    if (answers.length === 0) return
    const note = this.#noteOf(channelId)
    const notTaken = answers.find(({ state }) => state === 'queued' || state === 'unknown')
    note.handed += answers.filter(({ state }) => state === 'sent').length
    note.failed += answers.filter(({ state }) => state === 'failed').length
    note.failing = notTaken !== undefined
    note.reason = notTaken?.reason ?? null
  }

  /** What is new; `keep` takes it back when it could not be written. By a clock that nobody sets. */
  tell(nowMs: number): { words: HandOverWord[]; keep: () => void } {
    const words = [...this.#notes].flatMap(([id, note]) => {
      const { handed, failed, failing, reason, said } = note
      const isNews = failing !== null && (said?.failing !== failing || nowMs - said.atMs >= SAY_AGAIN_MS)
      if (handed + failed === 0 && !isNews) return []
      Object.assign(note, { handed: 0, failed: 0, said: isNews ? { failing, atMs: nowMs } : said })
      return [{ id, handed, failed, failing: isNews ? failing : null, reason: isNews ? reason : null }]
    })
    return { words, keep: () => this.#keep(words) }
  }

  #keep(words: readonly HandOverWord[]): void {
    for (const { id, handed, failed, failing } of words) {
      const note = this.#noteOf(id)
      note.handed += handed
      note.failed += failed
      if (failing !== null) note.said = null
    }
  }

  #noteOf(channelId: string): Note {
    const note = this.#notes.get(channelId) ?? { handed: 0, failed: 0, failing: null, reason: null, said: null }
    this.#notes.set(channelId, note)
    return note
  }
}
